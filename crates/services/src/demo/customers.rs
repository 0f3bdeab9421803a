//! A thousand invented customers in Germany, Austria and Switzerland and a few companies that are none, as the file that a
//! company would import.

use std::{collections::BTreeSet, fmt::Write as _};

use domain::accounts::AccountStatus;
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

/// How many.
const CUSTOMERS: usize = 1_000;
/// Companies that do not buy, not yet or no more.
const OTHERS: usize = 45;

/// The file, and the people in it who will recommend.
pub(super) struct File {
    /// CSV with a heading.
    pub(super) text: String,
    /// Name and address of each person.
    pub(super) people: Vec<(String, String)>,
}

const FIRST: [&str; 36] = [
    "Anna", "Emil", "Selin", "Henrik", "Ruth", "Clara", "Mehmet", "Nora", "Jakob", "Lucia", "Stefan",
    "Petra", "Oskar", "Ines", "Ali", "Vera", "Paul", "Marta", "Georg", "Hanna", "Luca", "Irene", "Tobias",
    "Aylin", "Felix", "Monika", "Ole", "Greta", "Samir", "Judith", "Bruno", "Elif", "Konrad", "Amelie",
    "Rafael", "Sigrid",
];
const LAST: [&str; 40] = [
    "Berger", "Haas", "Aydın", "Thaden", "Zeller", "Lindner", "Kaya", "Ilic", "Moser", "Keller", "Brunner",
    "Lohmann", "Falk", "Roth", "Demir", "Simon", "Wendt", "Huber", "Steiner", "Baumann", "Rossi", "Gruber",
    "Vogel", "Yıldız", "Krüger", "Öztürk", "Schäfer", "Nowak", "Weiß", "Egger", "Frei", "Sommer", "Pichler",
    "Arnold", "Köhler", "Graf", "Maurer", "Wirth", "Hofer", "Lang",
];
const STEM: [&str; 40] = [
    "Mühlenau",
    "Tessenow",
    "Osterfeld",
    "Ravenstein",
    "Brückner",
    "Alpenried",
    "Kestrel",
    "Wiesner",
    "Garnwerk",
    "Lohbach",
    "Mareno",
    "Talhof",
    "Norhaven",
    "Hollerfeld",
    "Steinfurt",
    "Birkenau",
    "Sontheim",
    "Falkenried",
    "Grünwald",
    "Seeblick",
    "Auental",
    "Kranich",
    "Rheinhof",
    "Donauwerk",
    "Innfeld",
    "Bergmoos",
    "Weidenbach",
    "Lindhof",
    "Kupfertal",
    "Silberbach",
    "Hochried",
    "Eichgrund",
    "Felsenau",
    "Morgenrot",
    "Nordlicht",
    "Südhang",
    "Altmark",
    "Neuwerk",
    "Quellental",
    "Traunfeld",
];
const TRADE: [(&str, &str); 30] = [
    ("Maschinenbau", "28"),
    ("Feinmechanik", "26"),
    ("Logistik", "52"),
    ("Hydraulik", "28"),
    ("Textil", "13"),
    ("Molkerei", "10"),
    ("Antriebe", "27"),
    ("Glas", "23"),
    ("Verpackung", "17"),
    ("Pharmatechnik", "21"),
    ("Brauerei", "11"),
    ("Kühlung", "28"),
    ("Metallbau", "25"),
    ("Elektronik", "26"),
    ("Kunststoff", "22"),
    ("Druck", "18"),
    ("Holzwerke", "16"),
    ("Lackierung", "25"),
    ("Backwaren", "10"),
    ("Fördertechnik", "28"),
    ("Armaturen", "28"),
    ("Sensorik", "26"),
    ("Spedition", "49"),
    ("Keramik", "23"),
    ("Werkzeuge", "25"),
    ("Möbel", "31"),
    ("Papier", "17"),
    ("Saatgut", "01"),
    ("Medizintechnik", "32"),
    ("Energie", "35"),
];

/// The name of somebody who is recommended.
pub(super) fn person(number: usize) -> String {
    // Two steps without a common divisor with the lists' lengths: names repeat late.
    let (first, last) = (FIRST[(number * 7 + 3) % FIRST.len()], LAST[(number * 11 + 5) % LAST.len()]);
    format!("{first} {last}")
}

/// A company's mail domain: what its name would be in a browser's address bar.
fn slug(text: &str) -> String {
    let folded = domain::text::ascii_fold(text);
    folded
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}

/// Invents the file.
pub(super) fn file(random: &mut ChaCha8Rng, managers: &[&str]) -> File {
    let mut text = String::from(
        "company;domains;industry;country;kind;status;customer_since;person;mail;language;account_manager;permission\n",
    );
    let mut people = Vec::new();
    let mut taken = BTreeSet::new();
    while taken.len() < CUSTOMERS {
        let (country, forms, language) = match random.random_range(0..10) {
            0..=6 => ("DE", ["GmbH", "AG", "KG", "SE"], "de"),
            7 | 8 => ("AT", ["GmbH", "AG", "OG", "KG"], "de"),
            _ => ("CH", ["AG", "GmbH", "SA", "AG"], "de"),
        };
        let stem = STEM.choose(random).copied().unwrap_or_default();
        let (trade, industry) = TRADE.choose(random).copied().unwrap_or_default();
        let form = forms.choose(random).copied().unwrap_or_default();
        let name = format!("{stem} {trade} {form}");
        let domain = format!("{}.example", slug(&format!("{stem} {trade}")));
        // Without the legal form: an import takes two forms of one name for the same company.
        if !taken.insert(domain.clone()) {
            continue;
        }
        let kind = if random.random_ratio(1, 25) { "public_body" } else { "private_company" };
        let year = random.random_range(2016..=2025);
        let month = random.random_range(1..=12);
        let first = FIRST.choose(random).copied().unwrap_or_default();
        let last = LAST.choose(random).copied().unwrap_or_default();
        // A few customers read English.
        let language = if random.random_ratio(1, 12) { "en" } else { language };
        let mail = format!("{}.{}@{domain}", slug(first), slug(last));
        let manager = managers.choose(random).copied().unwrap_or_default();
        // Writing into a string does not fail.
        let _ = writeln!(
            text,
            "{name};{domain};{industry};{country};{kind};customer;{year}-{month:02}-01;{first} {last};{mail};{language};{manager};"
        );
        if kind == "private_company" {
            people.push((format!("{first} {last}"), mail));
        }
    }
    others(&mut text, &taken, managers);
    File { text, people }
}

/// Companies that sales knows and that are no customers; nobody of theirs recommends.
fn others(text: &mut String, taken: &BTreeSet<String>, managers: &[&str]) {
    const STATUS: [AccountStatus; 3] =
        [AccountStatus::OpenDeal, AccountStatus::Former, AccountStatus::Prospect];
    let mut number = 0;
    for stem in STEM {
        for (trade, industry) in TRADE {
            let domain = format!("{}.example", slug(&format!("{stem} {trade}")));
            if taken.contains(&domain) {
                continue;
            }
            if number == OTHERS {
                return;
            }
            let status = STATUS[number % STATUS.len()];
            let country = ["DE", "AT", "CH"][number / STATUS.len() % 3];
            let since = if status == AccountStatus::Former { "2017-05-01" } else { "" };
            let manager = managers.get(number % managers.len().max(1)).copied().unwrap_or_default();
            // Writing into a string does not fail.
            let _ = writeln!(
                text,
                "{stem} {trade} AG;{domain};{industry};{country};private_company;{status};{since};;;;{manager};"
            );
            number += 1;
        }
    }
}
