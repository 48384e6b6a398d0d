//! The forms of a deal: what was typed on their pages as one draft, people and solutions that are added to them one by one.

use super::{Entry, Form, FormKind, Picked, TextField};
use crate::domain::draft::{DealDraft, HelpDraft, PersonDraft, SolutionDraft};
use crate::domain::part::{Part, Whose};

impl Form {
    /// Returns everything that was typed, whole.
    pub fn deal(&self) -> DealDraft {
        let mut draft = DealDraft::of_texts(&self.texts());
        if let Some(on) = &self.subject.on {
            let held = DealDraft::of(on);
            // What no field of the form holds stays.
            if self.index(Part::SalesStage).is_none() {
                draft.sales_stage = held.sales_stage;
            }
            if self.index(Part::Owner).is_none() {
                draft.owner = held.owner;
            }
        }
        if self.kind == FormKind::AskHelp {
            draft.help = Some(HelpDraft { kind: self.text(Part::HelpKind), note: self.text(Part::HelpNote) });
        }
        draft
    }

    pub fn people(&self) -> Option<&Picked<PersonDraft>> {
        self.entries.iter().find_map(|entry| if let Entry::People(people) = entry { Some(people) } else { None })
    }

    pub fn people_mut(&mut self) -> Option<&mut Picked<PersonDraft>> {
        self.entries.iter_mut().find_map(|entry| if let Entry::People(people) = entry { Some(people) } else { None })
    }

    pub fn solutions(&self) -> Option<&Picked<SolutionDraft>> {
        self.entries.iter().find_map(|entry| if let Entry::Solutions(solutions) = entry { Some(solutions) } else { None })
    }

    pub fn solutions_mut(&mut self) -> Option<&mut Picked<SolutionDraft>> {
        self.entries.iter_mut().find_map(|entry| if let Entry::Solutions(solutions) = entry { Some(solutions) } else { None })
    }

    /// Returns the person in the four fields; `None` while they are empty.
    pub fn typed_person(&self) -> Option<PersonDraft> {
        let typed = PersonDraft::of(Whose::EMPLOYEE.map(|part| self.text(part)));
        Some(typed).filter(|typed| !typed.is_empty())
    }

    /// Adds a person. One with the same e-mail address who is there already gets the new details. Returns whether they were new.
    pub fn add_person(&mut self, person: PersonDraft) -> bool {
        let Some(people) = self.people_mut() else { return false };
        let same = |known: &PersonDraft| known.email.trim().eq_ignore_ascii_case(person.email.trim());
        if let Some(at) = people.items.iter().position(same) {
            people.cursor = at;
            people.items[at] = person;
            return false;
        }
        people.add(person);
        true
    }

    /// Puts the person in the four fields on the list and empties the fields.
    pub fn add_typed_person(&mut self) -> bool {
        let Some(person) = self.typed_person() else { return false };
        let added = self.add_person(person);
        Whose::EMPLOYEE.into_iter().for_each(|part| self.set(part, ""));
        added
    }

    /// Takes the person under the cursor off the list and into the four fields, to be corrected (MG-44).
    pub fn correct_person(&mut self) -> bool {
        if self.typed_person().is_some() {
            return false;
        }
        let Some(person) = self.people_mut().and_then(Picked::remove) else { return false };
        for (part, text) in Whose::EMPLOYEE.into_iter().zip([&person.first, &person.last, &person.phone, &person.email]) {
            self.set(part, text);
        }
        self.focus = self.first_of_employee();
        true
    }

    /// Adds a solution; one that is there already is only pointed at. Returns whether it was new.
    pub fn add_solution(&mut self, solution: SolutionDraft) -> bool {
        let Some(solutions) = self.solutions_mut() else { return false };
        let known = solutions.items.iter().position(|known| known.id.eq_ignore_ascii_case(&solution.id));
        match known {
            Some(at) => solutions.cursor = at,
            None => solutions.add(solution),
        }
        self.show_current_solution();
        known.is_none()
    }

    /// Shows quantity and price of the solution under the cursor in their fields.
    pub fn show_current_solution(&mut self) {
        let current = self.solutions().and_then(Picked::current).cloned();
        let (quantity, price) = current.map_or_else(Default::default, |solution| (solution.quantity, solution.price));
        for (part, text) in [(Part::SolutionQuantity, quantity), (Part::SolutionPrice, price)] {
            if let Some(index) = self.index(part) {
                self.entries[index] = Entry::Text(TextField::line(&text));
            }
        }
    }

    /// Takes quantity and price from their fields to the solution under the cursor.
    pub fn keep_current_solution(&mut self) {
        let (quantity, price) = (self.text(Part::SolutionQuantity), self.text(Part::SolutionPrice));
        if let Some(current) = self.solutions_mut().and_then(Picked::current_mut) {
            if current.price != price {
                // What is typed here is meant in the currency of the deal.
                current.currency.clear();
            }
            (current.quantity, current.price) = (quantity, price);
        }
    }

    /// Returns the field for a complaint about an entry of a list, or a part of it.
    pub(super) fn part_in_list(&self, list: Part, number: usize, part: Option<Part>) -> Part {
        if list == Part::Employees {
            let people = self.people().map_or(0, |people| people.items.len());
            return if number < people { list } else { part.unwrap_or(Part::EmployeeFirst) };
        }
        match (self.solutions(), part) {
            (Some(picked), _) if number >= picked.items.len() => Part::SolutionFind,
            (Some(picked), Some(part @ (Part::SolutionQuantity | Part::SolutionPrice))) if number == picked.cursor => part,
            _ => list,
        }
    }
}
