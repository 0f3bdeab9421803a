//! Mail providers that everybody may use: an address there says nothing about the company.

/// Registrable domains of public mail providers, sorted.
pub(crate) const PROVIDERS: &[&str] = &[
    "a1.net",
    "aol.com",
    "aol.de",
    "aon.at",
    "arcor.de",
    "bluewin.ch",
    "chello.at",
    "email.de",
    "fastmail.com",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.eu",
    "gmx.li",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hispeed.ch",
    "hotmail.at",
    "hotmail.ch",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "icloud.com",
    "inode.at",
    "kabelmail.de",
    "laposte.net",
    "libero.it",
    "live.at",
    "live.ch",
    "live.com",
    "live.de",
    "mac.com",
    "magenta.at",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "netcologne.de",
    "online.de",
    "orange.fr",
    "outlook.at",
    "outlook.com",
    "outlook.de",
    "pm.me",
    "posteo.at",
    "posteo.ch",
    "posteo.de",
    "posteo.net",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "rocketmail.com",
    "seznam.cz",
    "sunrise.ch",
    "swissonline.ch",
    "t-online.at",
    "t-online.de",
    "tuta.com",
    "tuta.io",
    "tutanota.com",
    "tutanota.de",
    "utanet.at",
    "vodafone.de",
    "vodafonemail.de",
    "vtxmail.ch",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yahoo.at",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
];

/// Whether the registrable domain belongs to a public mail provider.
pub(super) fn is_public(registrable: &str) -> bool {
    PROVIDERS.binary_search(&registrable).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_can_be_searched() {
        assert!(PROVIDERS.is_sorted());
        assert!(is_public("gmx.at") && is_public("bluewin.ch") && is_public("web.de"));
        assert!(!is_public("muehlenau.example"));
    }
}
