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

#[test]
fn the_first_five_minutes_of_the_readme_are_true() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let transcript = readme.split("```console\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let cli = Cli::new();
    let steps: Vec<&str> = transcript.split("$ cosell ").filter(|step| !step.is_empty()).collect();
    assert!(steps.len() >= 7, "{steps:?}");
    for step in steps {
        let (command, expected) = step.split_once('\n').unwrap();
        let arguments = words(command);
        let ran = cli.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let said: String = format!("{}{}", ran.out, ran.err).lines().map(|line| format!("{}\n", line.trim_end())).collect();
        assert_eq!(said, expected, "cosell {command}");
    }
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
