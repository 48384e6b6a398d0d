//! Syllables of Hangul and the letters they are made of: taken apart for searches, put together as they are typed.

/// The consonants a syllable may begin with, in the order of Unicode.
pub(super) const INITIALS: [char; 19] =
    ['ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];

/// The consonants a syllable may end with: what stays when a vowel follows, and the initial of the next syllable then.
pub(super) const FINALS: [(u32, char); 27] = [
    (0, 'ㄱ'),
    (0, 'ㄲ'),
    (1, 'ㅅ'),
    (0, 'ㄴ'),
    (4, 'ㅈ'),
    (4, 'ㅎ'),
    (0, 'ㄷ'),
    (0, 'ㄹ'),
    (8, 'ㄱ'),
    (8, 'ㅁ'),
    (8, 'ㅂ'),
    (8, 'ㅅ'),
    (8, 'ㅌ'),
    (8, 'ㅍ'),
    (8, 'ㅎ'),
    (0, 'ㅁ'),
    (0, 'ㅂ'),
    (17, 'ㅅ'),
    (0, 'ㅅ'),
    (0, 'ㅆ'),
    (0, 'ㅇ'),
    (0, 'ㅈ'),
    (0, 'ㅊ'),
    (0, 'ㅋ'),
    (0, 'ㅌ'),
    (0, 'ㅍ'),
    (0, 'ㅎ'),
];

/// Two vowels that are one when they are typed one after the other, by their numbers.
const VOWELS: [(u32, u32, u32); 7] = [(8, 0, 9), (8, 1, 10), (8, 20, 11), (13, 4, 14), (13, 5, 15), (13, 20, 16), (18, 20, 19)];

pub(super) const FIRST_SYLLABLE: u32 = 0xAC00;
pub(super) const PER_INITIAL: u32 = 588;
pub(super) const PER_VOWEL: u32 = 28;

/// Returns the number of a syllable, from 0 on.
pub(super) fn syllable(c: char) -> Option<u32> {
    ('가'..='힣').contains(&c).then(|| u32::from(c) - FIRST_SYLLABLE)
}

/// Returns the consonant a syllable begins with.
pub(super) fn initial(c: char) -> Option<char> {
    INITIALS.get((syllable(c)? / PER_INITIAL) as usize).copied()
}

fn made(number: u32) -> Option<char> {
    char::from_u32(FIRST_SYLLABLE + number)
}

fn initial_number(c: char) -> Option<u32> {
    INITIALS.iter().position(|known| *known == c).and_then(|at| u32::try_from(at).ok())
}

fn vowel_number(c: char) -> Option<u32> {
    ('ㅏ'..='ㅣ').contains(&c).then(|| u32::from(c) - u32::from('ㅏ'))
}

/// Returns the number of the final that `consonant` makes behind the final `left`; 0 is none.
fn final_behind(left: u32, consonant: char) -> Option<u32> {
    let at = FINALS.iter().position(|found| *found == (left, consonant))?;
    u32::try_from(at + 1).ok()
}

/// Returns what stands for `before` once the letter `typed` is typed behind it, where both make syllables: `ㅎ` and `ㅏ` are `하`, then `ㄴ`
/// makes it `한`, and `ㅣ` makes that `하니`. `None` where the letter stands by itself.
pub fn composed(before: char, typed: char) -> Option<String> {
    if let Some(vowel) = vowel_number(typed) {
        if let Some(initial) = initial_number(before) {
            return made(initial * PER_INITIAL + vowel * PER_VOWEL).map(String::from);
        }
        let number = syllable(before)?;
        let ending = number % PER_VOWEL;
        if ending == 0 {
            let first = number % PER_INITIAL / PER_VOWEL;
            let (_, _, both) = VOWELS.iter().find(|(a, b, _)| (*a, *b) == (first, vowel))?;
            return made(number - first * PER_VOWEL + both * PER_VOWEL).map(String::from);
        }
        // The last consonant begins the next syllable.
        let (left, next) = FINALS[ending as usize - 1];
        let head = made(number - ending + left)?;
        let tail = made(initial_number(next)? * PER_INITIAL + vowel * PER_VOWEL)?;
        return Some([head, tail].iter().collect());
    }
    let number = syllable(before)?;
    let ending = number % PER_VOWEL;
    made(number - ending + final_behind(ending, typed)?).map(String::from)
}

/// Returns a text with the letters of Hangul that stand by themselves as they are typed and read: comparing knows them as parts of
/// syllables, and such a part alone is painted as nobody writes it.
pub fn readable(text: &str) -> String {
    let letter = |c: char| {
        let code = u32::from(c);
        let at = |from: u32| usize::try_from(code - from).ok();
        match code {
            0x1100..=0x1112 => at(0x1100).and_then(|at| INITIALS.get(at).copied()),
            0x1161..=0x1175 => char::from_u32(u32::from('ㅏ') + code - 0x1161),
            _ => None,
        }
    };
    text.chars().map(|c| letter(c).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(letters: &str) -> String {
        let mut text = String::new();
        for letter in letters.chars() {
            match text.chars().next_back().and_then(|before| composed(before, letter)) {
                Some(made) => {
                    text.pop();
                    text.push_str(&made);
                }
                None => text.push(letter),
            }
        }
        text
    }

    #[test]
    fn letters_typed_one_by_one_become_syllables() {
        for (letters, text) in [
            ("ㅎㅏㄴㅂㅣㅊ", "한빛"),
            ("ㅈㅓㅇㅁㅣㄹ", "정밀"),
            ("ㄷㅏㄹㄱ", "닭"),
            ("ㄷㅏㄹㄱㅏ", "달가"),
            ("ㅎㅏㄴㄱㅜㄱ", "한국"),
            ("ㅇㅗㅏㄴ", "완"),
            ("ㅇㅜㅣ", "위"),
            ("ㅇㅢㅅㅏ", "의사"),
            ("ㄲㅏㅆ", "깠"),
            ("ㅎㅂㅈㅁ", "ㅎㅂㅈㅁ"),
            ("ㅏㅏ", "ㅏㅏ"),
            ("ㄸㅏㄸ", "따ㄸ"),
            ("aㅏ", "aㅏ"),
        ] {
            assert_eq!(typed(letters), text, "{letters}");
        }
    }

    #[test]
    fn every_syllable_comes_of_its_letters() {
        for number in (0..11_172).step_by(7) {
            let syllable = made(number).unwrap();
            let vowel = char::from_u32(u32::from('ㅏ') + number % PER_INITIAL / PER_VOWEL).unwrap();
            let mut letters: String = [initial(syllable).unwrap(), vowel].iter().collect();
            let mut ending = number % PER_VOWEL;
            let mut finals = Vec::new();
            while ending > 0 {
                let (left, last) = FINALS[ending as usize - 1];
                finals.push(last);
                ending = left;
            }
            letters.extend(finals.iter().rev());
            assert_eq!(typed(&letters), syllable.to_string(), "{letters}");
        }
    }
}
