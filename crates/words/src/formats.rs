//! How dates, numbers and money are written.

use chrono::{DateTime, Datelike, Locale, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::text::Language;
use num_format::ToFormattedString;

use crate::{Region, Words, keys};

/// Formats of one language in one time zone. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    words: Words,
    zone: Tz,
}

impl Formats {
    /// Formats in the words' language, with times of this zone.
    pub fn new(words: Words, zone: Tz) -> Self {
        Self { words, zone }
    }

    fn chrono(self) -> Locale {
        match self.words.language() {
            Language::German => match self.words.region() {
                Region::Germany => Locale::de_DE,
                Region::Austria => Locale::de_AT,
                Region::Switzerland => Locale::de_CH,
            },
            Language::English => Locale::en_GB,
        }
    }

    /// `24. November 2026`, `24 November 2026`.
    pub fn date(self, at: DateTime<Utc>) -> String {
        self.calendar_day(at.with_timezone(&self.zone).date_naive())
    }

    /// A day of the calendar, wherever on earth: `24. November 2026`, `24 November 2026`.
    pub fn calendar_day(self, day: NaiveDate) -> String {
        let pattern = match self.words.language() {
            Language::German => "%-d. %B %Y",
            Language::English => "%-d %B %Y",
        };
        day.format_localized(pattern, self.chrono()).to_string()
    }

    /// `24. Nov.`, `24 Nov`: the day within `now`'s year, with the year in any other.
    pub fn day(self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        let at = at.with_timezone(&self.zone);
        let same_year = at.year() == now.with_timezone(&self.zone).year();
        let pattern = match (self.words.language(), same_year) {
            (Language::German, true) => "%-d. %b",
            (Language::German, false) => "%-d. %b %Y",
            (Language::English, true) => "%-d %b",
            (Language::English, false) => "%-d %b %Y",
        };
        at.format_localized(pattern, self.chrono()).to_string()
    }

    /// `24. November 2026, 16:30 Uhr`, `24 November 2026, 16:30`.
    pub fn moment(self, at: DateTime<Utc>) -> String {
        self.on_the_wall(at.with_timezone(&self.zone).naive_local())
    }

    /// The same for what a clock on a wall shows, in whatever zone that hangs.
    pub fn on_the_wall(self, at: NaiveDateTime) -> String {
        let time = match self.words.language() {
            Language::German => "%H:%M Uhr",
            Language::English => "%H:%M",
        };
        format!("{}, {}", self.calendar_day(at.date()), at.format(time))
    }

    /// A whole number with its separators: `12.345`, `12’345` in Switzerland, `12,345`.
    pub fn number(self, number: i64) -> String {
        match (self.words.language(), self.words.region()) {
            (Language::English, _) => number.to_formatted_string(&num_format::Locale::en),
            (Language::German, Region::Switzerland) => number.to_formatted_string(&num_format::Locale::de_CH),
            (Language::German, _) => number.to_formatted_string(&num_format::Locale::de),
        }
    }

    /// Money from minor units: `1.250 €`, `€ 1.250` in Austria, `CHF 1’250` in Switzerland, `€1,250`; cents only where there
    /// are some.
    pub fn money(self, minor: i64, currency: &str) -> String {
        let (whole, cents) = (minor / 100, (minor % 100).abs());
        let sign = match currency {
            "EUR" => "€",
            "GBP" => "£",
            "USD" => "$",
            other => other,
        };
        let number = match (self.words.language(), self.words.region(), cents) {
            (_, _, 0) => self.number(whole),
            (Language::German, Region::Germany | Region::Austria, _) => {
                format!("{},{cents:02}", self.number(whole))
            }
            _ => format!("{}.{cents:02}", self.number(whole)),
        };
        match (self.words.language(), self.words.region()) {
            (Language::German, Region::Germany) => format!("{number}\u{a0}{sign}"),
            (Language::German, _) => format!("{sign}\u{a0}{number}"),
            (Language::English, _) if sign == currency => format!("{sign}\u{a0}{number}"),
            (Language::English, _) => format!("{sign}{number}"),
        }
    }

    /// A length of time in its largest fitting unit, rounded down: `3 Tage`, `5 hours`, `12 Minuten`.
    pub fn span(self, span: TimeDelta) -> String {
        let span = span.abs();
        let (key, count) = match (span.num_days(), span.num_hours()) {
            (days, _) if days >= 2 => (keys::SPAN_DAYS, days),
            (_, hours) if hours >= 1 => (keys::SPAN_HOURS, hours),
            _ => (keys::SPAN_MINUTES, span.num_minutes()),
        };
        self.words.with(key, [("n", count.into())])
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn formats(language: Language) -> Formats {
        Formats::new(Words::new(language), chrono_tz::Europe::Berlin)
    }

    #[test]
    fn dates_follow_language_and_zone() {
        // 23:30 UTC is already the next day in Berlin.
        let at = Utc.with_ymd_and_hms(2026, 3, 23, 23, 30, 0).unwrap();
        assert_eq!(formats(Language::German).date(at), "24. März 2026");
        assert_eq!(formats(Language::English).moment(at), "24 March 2026, 00:30");
        assert_eq!(formats(Language::English).day(at, at), "24 Mar");
    }

    #[test]
    fn money_has_its_sign_where_the_language_puts_it() {
        assert_eq!(formats(Language::German).money(125_000, "EUR"), "1.250\u{a0}€");
        assert_eq!(formats(Language::German).money(125_005, "CHF"), "1.250,05\u{a0}CHF");
        assert_eq!(formats(Language::English).money(125_000, "EUR"), "€1,250");
        assert_eq!(formats(Language::English).money(-1_050, "CHF"), "CHF\u{a0}-10.50");
    }

    #[test]
    fn austria_and_switzerland_write_their_own_german() {
        let of =
            |region| Formats::new(Words::new(Language::German).in_region(region), chrono_tz::Europe::Zurich);
        let (vienna, berne) = (of(Region::of("at")), of(Region::of("CH")));
        let at = Utc.with_ymd_and_hms(2027, 1, 5, 12, 0, 0).unwrap();
        assert_eq!(
            (vienna.date(at), berne.date(at)),
            ("5. Jänner 2027".to_owned(), "5. Januar 2027".to_owned())
        );
        assert_eq!(berne.money(100_000, "CHF"), "CHF\u{a0}1’000");
        assert_eq!(berne.money(100_050, "CHF"), "CHF\u{a0}1’000.50");
        assert_eq!(vienna.money(100_050, "EUR"), "€\u{a0}1.000,50");
        let english = Words::new(Language::English).in_region(Region::Switzerland);
        assert_eq!(Formats::new(english, chrono_tz::Europe::Zurich).number(1_000), "1,000");
        let (german, swiss) =
            (Words::new(Language::German), Words::new(Language::German).in_region(Region::Switzerland));
        assert!(german.say(keys::ERROR_IMPORT_TOO_LARGE).contains("größer"));
        assert!(swiss.say(keys::ERROR_IMPORT_TOO_LARGE).contains("grösser"));
    }

    #[test]
    fn spans_choose_unit_and_plural() {
        assert_eq!(formats(Language::German).span(TimeDelta::hours(49)), "2 Tage");
        assert_eq!(formats(Language::German).span(TimeDelta::minutes(61)), "1 Stunde");
        assert_eq!(formats(Language::English).span(TimeDelta::minutes(1)), "1 minute");
    }
}
