//! The README's transcript is what the program says.

use crate::support::cli::Cli;

/// Splits a line as a shell does, as far as the README needs it.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    parts
        .flat_map(|(index, part)| match index % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

/// Does what a transcript of the README does, in a home of its own, whose `~/Downloads` is a folder of it.
fn replay(transcript: &str) {
    let cli = Cli::new();
    let downloads = cli.path("Downloads");
    std::fs::create_dir(&downloads).unwrap();
    let steps: Vec<&str> = transcript.split("$ cosell ").filter(|step| !step.is_empty()).collect();
    assert!(steps.len() >= 7, "{steps:?}");
    for step in steps {
        let (command, expected) = step.split_once('\n').unwrap();
        let there = downloads.to_str().unwrap();
        let arguments: Vec<String> = words(command).iter().map(|word| word.replace("~/Downloads", there)).collect();
        if command.contains("outbox confirm") {
            answer(&downloads);
        }
        let ran = cli.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let said: String = format!("{}{}", ran.out, ran.err).lines().map(|line| format!("{}\n", line.trim_end())).collect();
        assert_eq!(said.replace(there, "~/Downloads").replace('\\', "/"), expected, "cosell {command}");
    }
}

/// Partner Center gives the upload file back: it has refused the second row.
fn answer(downloads: &std::path::Path) {
    let written = std::fs::read_dir(downloads).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(written).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::Writer::from_path(downloads.join("answer.csv")).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    for (number, row) in reader.records().map(Result::unwrap).enumerate() {
        let error = if number == 1 { "Estimated Close Date is not valid" } else { "" };
        writer.write_record(std::iter::once(error).chain(row.iter().skip(1))).unwrap();
    }
}

#[test]
fn the_transcripts_of_the_readme_are_true() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let transcripts: Vec<&str> = readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(transcripts.len(), 3);
    transcripts.into_iter().for_each(replay);
}

#[test]
fn the_rules_of_the_readme_can_be_laid_over_ours() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let blocks = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let rules: Vec<&str> = blocks.filter(|block| block.contains("[[requirement]]")).collect();
    assert_eq!(rules.len(), 1);
    let mut laid = cosell::domain::programme::ruling::Ruling::shipped().unwrap();
    let before = laid.clone();
    laid.lay_over(rules[0]).unwrap();
    assert_eq!(laid.programme.requirements.len(), before.programme.requirements.len() + 1);
    assert_eq!(laid.registration.limits.len(), before.registration.limits.len() + 1);
}

#[test]
fn every_command_of_the_program_is_in_the_changelog() {
    let changes = std::fs::read_to_string("CHANGELOG.md").unwrap();
    let help = Cli::new().run(&["--help"]).out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for command in commands.filter_map(|line| line.split_whitespace().next()).filter(|command| *command != "help") {
        assert!(changes.contains(command), "{command}");
    }
}
