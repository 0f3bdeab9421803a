//! The groups of customers that marketing has named.

use domain::{
    compliance::Section,
    members::ProgramManaging,
    segments::{SegmentRule, Whom},
    text::{Bilingual, Country},
};

use super::Error;
use crate::{
    Ctx,
    segments::{Segment, save_segment},
};

/// Before there are customers: a segment is looked up when it is used.
pub(super) async fn name(ctx: &Ctx, power: &ProgramManaging) -> Result<(), Error> {
    let alps: Result<_, _> = ["AT", "CH"].into_iter().map(Country::parse).collect();
    let rules = [
        (
            Bilingual::new("Österreich und Schweiz", "Austria and Switzerland"),
            SegmentRule { countries: alps?, ..SegmentRule::default() },
        ),
        (
            Bilingual::new("Verarbeitendes Gewerbe", "Manufacturing"),
            SegmentRule { sections: [Section::C].into(), ..SegmentRule::default() },
        ),
    ];
    for (name, rule) in rules {
        let segment = Segment { id: ctx.new_id(), name, whom: Whom::Rule(rule), version: 0 };
        save_segment(ctx, power, &segment, true).await?;
    }
    Ok(())
}
