//! Who runs it.

use domain::text::Currency;
use services::Host;

use super::{ConfigError, Raw, wrong};

pub(super) fn check(raw: &Raw, public_url: &str) -> Result<Host, ConfigError> {
    let name = raw.company_name.as_deref().map_or("Dreiklang", str::trim);
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(wrong("DREIKLANG_COMPANY_NAME", name, "a name of at most 100 characters"));
    }
    let zone = raw.time_zone.as_deref().unwrap_or("Europe/Berlin");
    let currency = raw.currency.as_deref().unwrap_or("EUR");
    Ok(Host {
        name: name.to_owned(),
        public_url: public_url.to_owned(),
        zone: zone
            .parse()
            .map_err(|_| wrong("DREIKLANG_TIME_ZONE", zone, "a zone name like Europe/Berlin"))?,
        currency: Currency::parse(currency)
            .map_err(|_| wrong("DREIKLANG_CURRENCY", currency, "an ISO 4217 code like EUR"))?,
    })
}
