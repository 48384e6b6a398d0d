### What the documents of the programme say: where it comes from, until when it was said, and what is asked for.

command-explain = Explain a field, stage, reason, status or benefit, in the words of the documents, each with its date
    .topic = A topic (stage.received), a number (MG-57), a field, a code (no-response), or words in any language of Partner Center; without one, all topics
    .as-of = As the documents stood on that day: 2021-07-12, yesterday, 2021-07

explain-document = { $title }, { $date }
explain-page = Partner Center, { $title }, { $date }
explain-program = How cosell does it
explain-again = { $source }; again { $dates }
explain-against = { $source }; compared with { $others }
explain-other = { $number } ({ $source })
explain-until = Until { $date }; from then on { $others }.
explain-otherwise = Said otherwise from { $date } on: { $others }.
explain-ahead = Said only from { $date } on.
explain-words = What has these words
explain-elsewhere = What has these words elsewhere
explain-title = { $name } · { $topic }
explain-number = Number { $number }

explain-column-topic = Topic
explain-column-name = What it is
explain-column-statements = Statements

explain-nothing = Nothing is said of “{ $topic }”.
explain-near = Did you mean { $topics }?
explain-near-none = cosell explain lists all topics; a word of the text, in any language of Partner Center, finds it too.

action-explain = Explain this
footer-explain = explain
palette-also-explain = what does it mean, meaning, definition, programme, program, rules, documents, glossary, 설명, 용어, 説明, 用語, 解释, 术语
menu-explain = What it means
explain-topics = Everything that can be explained; Enter opens it, typing searches
