//! What a row of the bulk CSV is known by when its file comes again: as a whole, and cell by cell, where a copy has lost a column or a
//! spreadsheet the zeros that a code begins with.

use serde_json::{Map, Value};

use super::super::upload::fnv;
use super::columns::Column;
use super::rows::{Row, is_blank};
use super::way::Parts;
use crate::domain::incoming::{Incoming, Mark, Piece};
use crate::domain::text::{Cleaned, Notes, half_width};

use Column as C;

impl Row<'_> {
    /// Returns what the row is known by, whichever way it went, whatever it was saved by and however its file is called. Another version
    /// of this program may know it by something else: then it is read as one that never came.
    pub(super) fn mark(&self, of: &Incoming, kept: &Map<String, Value>, parts: &Parts) -> Mark {
        let plain = Incoming { line: 0, direction: Incoming::silent(0).direction, ..of.clone() };
        let whole = fnv(format!("{plain:?}{kept:?}{parts:?}").as_bytes());
        let names = || (of.customer_name.as_ref(), of.name.as_ref().and_then(Option::as_ref));
        let deal = of.referral_id.as_ref().map_or_else(|| format!("{:?}", names()), ToString::to_string);
        Mark { whole, deal: fnv(deal.as_bytes()), pieces: self.pieces(of) }
    }

    /// Returns what each cell says, in the order of the names of its columns.
    fn pieces(&self, of: &Incoming) -> Vec<Piece> {
        let columns = &self.layout.columns;
        let said = (0..columns.len()).filter_map(|index| {
            let (name, column) = columns.meaning(index)?;
            let cell = self.cells.get(index).filter(|cell| !is_blank(cell));
            let says = cell.map_or(0, |cell| short(&said(column, cell, of)).max(1));
            Some(Piece { column: short(&name), says })
        });
        let mut pieces: Vec<Piece> = said.collect();
        pieces.sort_unstable();
        pieces
    }
}

/// Returns what a cell says, however a spreadsheet writes it.
fn said(column: Option<Column>, cell: &str, of: &Incoming) -> String {
    match column {
        Some(C::Value) => of.value.flatten().map(|value| format!("{value:?}")),
        Some(C::CloseDate) => of.close_date.flatten().map(|day| format!("{day:?}")),
        Some(C::CreatedAt) => of.created_at.map(|at| format!("{at:?}")),
        Some(C::SalesStage) => of.sales_stage.flatten().map(|stage| format!("{stage:?}")),
        _ => None,
    }
    .unwrap_or_else(|| {
        let text = Notes::imported(cell, &mut Cleaned::default()).ok().flatten();
        let text = half_width(text.as_ref().map_or(cell, Notes::as_str)).trim().to_owned();
        // Of a number a spreadsheet keeps no zeros before it: `04524` and `4524` are one.
        let digits = text.strip_suffix(".0").unwrap_or(&text);
        if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.trim_start_matches('0').to_owned() } else { text }
    })
}

fn short(text: &str) -> u32 {
    let whole = fnv(text.as_bytes());
    (whole ^ (whole >> 32)) as u32
}
