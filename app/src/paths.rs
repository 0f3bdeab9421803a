//! Every URL, spelled once. Nothing else in the product writes a path, so a redirect can only go to one of these.

use std::{borrow::Cow, fmt};

use domain::{
    consent::LegalKind,
    ids::{AccountId, IncentiveId, MemberId, ReferralId, RewardId},
    tiers::TierCode,
};
use uuid::Uuid;

/// A path of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Cow<'static, str>);

impl Path {
    const fn fixed(path: &'static str) -> Self {
        Self(Cow::Borrowed(path))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This path, showing the kept form with this id.
    #[must_use]
    pub fn with_form(&self, id: Uuid) -> Self {
        let join = if self.0.contains('?') { '&' } else { '?' };
        Self(Cow::Owned(format!("{}{join}form={id}", self.0)))
    }

    /// The path of a request to ourselves, kept for after a sign-in. `None` for anything that could lead elsewhere.
    pub fn of_request(path_and_query: &str) -> Option<Self> {
        let local = path_and_query.starts_with('/')
            && !path_and_query.starts_with("//")
            && !path_and_query.contains(['\\', '\r', '\n'])
            && path_and_query.len() <= 512;
        local.then(|| Self(Cow::Owned(path_and_query.to_owned())))
    }

    /// The page of ours that a `Referer` names, without the kept form that it may have shown.
    pub fn of_referer(referer: &str, host: &str) -> Option<Self> {
        let (_, rest) = referer.split_once("://")?;
        let path = rest.strip_prefix(host).filter(|path| path.starts_with('/'))?;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query: Vec<_> =
            query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("form=")).collect();
        let join = if query.is_empty() { "" } else { "?" };
        Self::of_request(&format!("{path}{join}{}", query.join("&")))
    }

    /// The page that a form is sent to, or that stands above it: `/work/referrals/7/stage` belongs to
    /// `/work/referrals/7`.
    pub fn above_form(path: &str) -> Self {
        let nested = path.starts_with("/work/referrals/") || path.starts_with("/referrals/");
        let page = if nested { path.rsplit_once('/').map_or(path, |(page, _)| page) } else { path };
        Self::of_request(page).unwrap_or(HOME)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Home, or sign-in for those nobody knows yet.
pub const HOME: Path = Path::fixed("/");
/// Where an address is asked for.
pub const SIGN_IN: Path = Path::fixed("/sign-in");
/// Where the six digits are asked for.
pub const SIGN_IN_CODE: Path = Path::fixed("/sign-in/code");
/// Where the mail's link leads.
pub const SIGN_IN_LINK: Path = Path::fixed("/sign-in/link");
/// Route: leaves for an identity provider.
pub const SIGN_IN_WITH: &str = "/sign-in/with/{provider}";
/// Route: comes back from an identity provider.
pub const SIGN_IN_WITH_BACK: &str = "/sign-in/with/{provider}/back";

/// Leaves for the identity provider with this id. A plain GET, since a form may not lead elsewhere (CSP form-action).
pub fn sign_in_with(provider: &str) -> Path {
    Path(Cow::Owned(format!("/sign-in/with/{provider}")))
}

/// Where that identity provider sends people back to.
pub fn sign_in_with_back(provider: &str) -> Path {
    Path(Cow::Owned(format!("/sign-in/with/{provider}/back")))
}

/// Ends this session.
pub const SIGN_OUT: Path = Path::fixed("/sign-out");
/// Ends all of this member's sessions.
pub const SIGN_OUT_EVERYWHERE: Path = Path::fixed("/sign-out/everywhere");
/// Changes the language.
pub const LANGUAGE: Path = Path::fixed("/language");
/// One's own profile.
pub const PROFILE: Path = Path::fixed("/profile");

/// Signs in as one of the demonstration's people.
pub const DEMO_SIGN_IN: Path = Path::fixed("/demo/sign-in");
/// What the demonstration would have sent.
pub const DEV_MAIL: Path = Path::fixed("/dev/mail");

/// The form for a new referral.
pub const REFER: Path = Path::fixed("/refer");
/// One's own referrals.
pub const REFERRALS: Path = Path::fixed("/referrals");
/// The route of [`referral`].
pub const REFERRAL: &str = "/referrals/{id}";
/// The route of [`referral_choice`].
pub const REFERRAL_CHOICE: &str = "/referrals/{id}/incentive";
/// The route of [`referral_withdrawal`].
pub const REFERRAL_WITHDRAWAL: &str = "/referrals/{id}/withdrawal";
/// The route of [`referral_message`].
pub const REFERRAL_MESSAGE: &str = "/referrals/{id}/messages";
/// The board of open referrals.
pub const BOARD: Path = Path::fixed("/work/board");
/// All referrals that one looks after, as a list.
pub const WORK_REFERRALS: Path = Path::fixed("/work/referrals");
/// The route of [`work_referral`].
pub const WORK_REFERRAL: &str = "/work/referrals/{id}";
/// The route of [`work_move`].
pub const WORK_MOVE: &str = "/work/referrals/{id}/stage";
/// The route of [`work_reveal`].
pub const WORK_REVEAL: &str = "/work/referrals/{id}/reveal";
/// The route of [`work_answer`].
pub const WORK_ANSWER: &str = "/work/referrals/{id}/answer";
/// The route of [`work_stop`].
pub const WORK_STOP: &str = "/work/referrals/{id}/stop";
/// The route of [`work_thanks`].
pub const WORK_THANKS: &str = "/work/referrals/{id}/thanks";
/// The route of [`work_message`].
pub const WORK_MESSAGE: &str = "/work/referrals/{id}/messages";

/// The programme and everything it offers.
pub const INCENTIVES: Path = Path::fixed("/manage/incentives");
/// A new thank-you.
pub const NEW_OFFER: Path = Path::fixed("/manage/incentives/new");
/// The route of [`offer`].
pub const OFFER: &str = "/manage/incentives/{id}";
/// A programme's texts and rules.
pub const PROGRAM: Path = Path::fixed("/manage/program");
/// Where a human first contact is allowed.
pub const FIRST_CONTACT: Path = Path::fixed("/manage/program/first-contact");
/// Ends what was allowed there.
pub const FIRST_CONTACT_END: Path = Path::fixed("/manage/program/first-contact/end");
/// Where an organisation is added.
pub const ORGANISATIONS: Path = Path::fixed("/manage/organisations");

/// A thank-you of the catalogue.
pub fn offer(id: IncentiveId) -> Path {
    with_id(OFFER, id)
}

/// Where one's own default thank-you and gift policy are kept.
pub const OWN_THANKS: Path = Path::fixed("/profile/thank-you");

/// What the worker could not do, and mails that have not left.
pub const JOBS: Path = Path::fixed("/manage/jobs");
/// Tries everything again.
pub const JOBS_RETRY: Path = Path::fixed("/manage/jobs/retry");
/// The route of [`job_retry`].
pub const JOB_RETRY: &str = "/manage/jobs/{id}/retry";

/// Tries one job again.
pub fn job_retry(id: Uuid) -> Path {
    with_id(JOB_RETRY, id)
}

/// The numbers that an installation may set.
pub const SETTINGS: Path = Path::fixed("/manage/settings");
/// How much may be earned in a year.
pub const SETTINGS_CAPS: Path = Path::fixed("/manage/settings/caps");
/// Approval, terms and deliveries.
pub const SETTINGS_REWARDS: Path = Path::fixed("/manage/settings/rewards");
/// Who looks after what nobody is assigned to.
pub const SETTINGS_OWNER: Path = Path::fixed("/manage/settings/owner");

/// One's own rewards.
pub const REWARDS: Path = Path::fixed("/rewards");
/// The statement of a year; the year stands in the query.
pub const REWARD_STATEMENT: Path = Path::fixed("/rewards/statement.csv");
/// What waits for approval.
pub const APPROVALS: Path = Path::fixed("/work/approvals");
/// What is to be delivered.
pub const DELIVERIES: Path = Path::fixed("/work/deliveries");
/// The route of [`reward_approval`].
pub const REWARD_APPROVAL: &str = "/work/rewards/{id}/approval";
/// The route of [`reward_refusal`].
pub const REWARD_REFUSAL: &str = "/work/rewards/{id}/refusal";
/// The route of [`reward_delivery`].
pub const REWARD_DELIVERY: &str = "/work/rewards/{id}/delivery";
/// The route of [`delivery_plan`].
pub const DELIVERY_PLAN: &str = "/work/rewards/{id}/plan";
/// The route of [`reward_return`].
pub const REWARD_RETURN: &str = "/work/rewards/{id}/return";

/// Where a reward is approved.
pub fn reward_approval(id: RewardId) -> Path {
    with_id(REWARD_APPROVAL, id)
}
/// Where a reward is declined.
pub fn reward_refusal(id: RewardId) -> Path {
    with_id(REWARD_REFUSAL, id)
}
/// Where a delivery is recorded.
pub fn reward_delivery(id: RewardId) -> Path {
    with_id(REWARD_DELIVERY, id)
}
/// Where a delivery is given to somebody.
pub fn delivery_plan(id: RewardId) -> Path {
    with_id(DELIVERY_PLAN, id)
}
/// Where a reward is taken back.
pub fn reward_return(id: RewardId) -> Path {
    with_id(REWARD_RETURN, id)
}

/// The tiers as advocates see them.
pub const TIERS: Path = Path::fixed("/tiers");
/// The tiers as staff see them.
pub const MANAGE_TIERS: Path = Path::fixed("/manage/tiers");
/// The route of [`manage_tier`].
pub const MANAGE_TIER: &str = "/manage/tiers/{code}";

/// The editor of one tier.
pub fn manage_tier(code: &TierCode) -> Path {
    Path(Cow::Owned(MANAGE_TIER.replace("{code}", code.as_str())))
}

/// What all referrals have brought the three.
pub const TRIPLE_WIN: Path = Path::fixed("/triple-win");
/// Its table for spreadsheets.
pub const TRIPLE_WIN_CSV: Path = Path::fixed("/triple-win.csv");

/// A path with an id in it.
fn with_id(route: &str, id: impl fmt::Display) -> Path {
    Path(Cow::Owned(route.replace("{id}", &id.to_string())))
}

/// One's own referral.
pub fn referral(id: ReferralId) -> Path {
    with_id(REFERRAL, id)
}
/// Where its incentive is chosen.
pub fn referral_choice(id: ReferralId) -> Path {
    with_id(REFERRAL_CHOICE, id)
}
/// Where it is taken back.
pub fn referral_withdrawal(id: ReferralId) -> Path {
    with_id(REFERRAL_WITHDRAWAL, id)
}
/// Where its advocate writes.
pub fn referral_message(id: ReferralId) -> Path {
    with_id(REFERRAL_MESSAGE, id)
}
/// A referral that one looks after.
pub fn work_referral(id: ReferralId) -> Path {
    with_id(WORK_REFERRAL, id)
}
/// Where its stage is moved.
pub fn work_move(id: ReferralId) -> Path {
    with_id(WORK_MOVE, id)
}
/// Shows name and number of whom it is about.
pub fn work_reveal(id: ReferralId) -> Path {
    with_id(WORK_REVEAL, id)
}
/// Where a spoken answer is written down.
pub fn work_answer(id: ReferralId) -> Path {
    with_id(WORK_ANSWER, id)
}
/// Where it is written down that somebody has taken a spoken yes back.
pub fn work_stop(id: ReferralId) -> Path {
    with_id(WORK_STOP, id)
}
/// Where its advocate is thanked.
pub fn work_thanks(id: ReferralId) -> Path {
    with_id(WORK_THANKS, id)
}
/// Where its account manager writes.
pub fn work_message(id: ReferralId) -> Path {
    with_id(WORK_MESSAGE, id)
}
/// Where a code from a letter is typed in.
pub const JOIN: Path = Path::fixed("/join");
/// Where the terms are agreed to.
pub const TERMS: Path = Path::fixed("/welcome/terms");

/// Route: a legal text.
pub const LEGAL: &str = "/legal/{kind}";

/// A legal text.
pub fn legal(kind: LegalKind) -> Path {
    Path(Cow::Owned(format!("/legal/{kind}")))
}

/// Where legal texts are edited.
pub const LEGAL_TEXTS: Path = Path::fixed("/manage/legal");
/// Route: the editor of one legal text.
pub const LEGAL_TEXT: &str = "/manage/legal/{kind}";

/// The editor of one legal text.
pub fn legal_text(kind: LegalKind) -> Path {
    Path(Cow::Owned(format!("/manage/legal/{kind}")))
}

/// Members and invitations.
pub const PEOPLE: Path = Path::fixed("/manage/people");
/// The form of an invitation.
pub const INVITE: Path = Path::fixed("/manage/people/invite");
/// Route: one member.
pub const PERSON: &str = "/manage/people/{id}";

/// One member.
pub fn person(id: MemberId) -> Path {
    Path(Cow::Owned(format!("/manage/people/{id}")))
}

/// What is done to a member, each a route and a path of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonAct {
    /// Name, address, language, deputy.
    Change,
    /// What they may do.
    Roles,
    /// End their access.
    Deactivate,
    /// Give it back.
    Reactivate,
    /// A new invitation, with its letter.
    Letter,
    /// The ground on which they may be written to.
    Permission,
}

impl PersonAct {
    const fn word(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Roles => "roles",
            Self::Deactivate => "deactivate",
            Self::Reactivate => "reactivate",
            Self::Letter => "letter",
            Self::Permission => "permission",
        }
    }

    /// Its route.
    pub fn route(self) -> String {
        format!("{PERSON}/{}", self.word())
    }

    /// Its path for this member.
    pub fn of(self, id: MemberId) -> Path {
        Path(Cow::Owned(format!("/manage/people/{id}/{}", self.word())))
    }
}

/// Customers' companies.
pub const ACCOUNTS: Path = Path::fixed("/manage/accounts");
/// The form of a new one.
pub const NEW_ACCOUNT: Path = Path::fixed("/manage/accounts/new");
/// Route: one company.
pub const ACCOUNT: &str = "/manage/accounts/{id}";

/// One company.
pub fn account(id: AccountId) -> Path {
    Path(Cow::Owned(format!("/manage/accounts/{id}")))
}

/// Customers from a file.
pub const IMPORT: Path = Path::fixed("/manage/import");
/// Does what the dry run has shown.
pub const IMPORT_CONFIRM: Path = Path::fixed("/manage/import/confirm");
/// The lines that could not be read, as a file.
pub const IMPORT_ERRORS: Path = Path::fixed("/manage/import/errors.csv");
/// An empty file with the right columns.
pub const IMPORT_TEMPLATE: Path = Path::fixed("/manage/import/template.csv");

impl Path {
    /// This path with a query of its own; the values are escaped.
    #[must_use]
    pub fn with_query<const N: usize>(&self, pairs: [(&str, &str); N]) -> Self {
        let mut path = self.0.clone().into_owned();
        let mut join = if path.contains('?') { '&' } else { '?' };
        for (name, value) in pairs {
            if value.is_empty() {
                continue;
            }
            path.push(join);
            path.push_str(name);
            path.push('=');
            for byte in value.bytes() {
                if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                    path.push(char::from(byte));
                } else {
                    path.push_str(&format!("%{byte:02X}"));
                }
            }
            join = '&';
        }
        Self(Cow::Owned(path))
    }
}

/// One's own link, code and QR code.
pub const SHARE: Path = Path::fixed("/share");
/// The QR code as a drawing.
pub const SHARE_QR_SVG: Path = Path::fixed("/share/qr.svg");
/// The QR code as a picture.
pub const SHARE_QR_PNG: Path = Path::fixed("/share/qr.png");
/// Where a code is typed that somebody heard or read.
pub const CODE: Path = Path::fixed("/code");
/// The pattern of [`link`].
pub const LINK: &str = "/r/{code}";
/// The pattern of [`landing`].
pub const LANDING: &str = "/l/{code}";
/// The pattern of [`landing_refuse`].
pub const LANDING_REFUSE: &str = "/l/{code}/refuse";

/// The pattern of [`landing_remember`].
pub const LANDING_REMEMBER: &str = "/l/{code}/remember";
/// Forgets the recommendation that this browser remembers.
pub const FORGET: Path = Path::fixed("/remembered/forget");

/// Remembers an advocate's recommendation on this device.
pub fn landing_remember(code: &str) -> Path {
    Path(Cow::Owned(format!("/l/{}/remember", segment(code))))
}

/// An advocate's link.
pub fn link(code: &str) -> Path {
    Path(Cow::Owned(format!("/r/{}", segment(code))))
}

/// The landing page behind an advocate's link, and the touch that led there.
pub fn landing(code: &str, touch: Option<domain::ids::TouchId>) -> Path {
    let touch = touch.map_or_else(String::new, |touch| format!("?c={touch}"));
    Path(Cow::Owned(format!("/l/{}{touch}", segment(code))))
}

/// Says no to an advocate's link.
pub fn landing_refuse(code: &str) -> Path {
    Path(Cow::Owned(format!("/l/{}/refuse", segment(code))))
}

/// The pattern of [`carried`].
pub const CARRIED: &str = "/i/{token}";
/// The pattern of [`carried_refuse`].
pub const CARRIED_REFUSE: &str = "/i/{token}/refuse";
/// The pattern of [`confirm`].
pub const CONFIRM: &str = "/confirm/{token}";
/// The pattern of [`confirm_refuse`].
pub const CONFIRM_REFUSE: &str = "/confirm/{token}/refuse";
/// The pattern of [`mine`].
pub const MINE: &str = "/my/{token}";
/// The pattern of [`mine_withdraw`].
pub const MINE_WITHDRAW: &str = "/my/{token}/withdraw";
/// The pattern of [`mine_object`].
pub const MINE_OBJECT: &str = "/my/{token}/object";
/// The pattern of [`mine_erase`].
pub const MINE_ERASE: &str = "/my/{token}/erase";
/// After the form: a mail is on its way.
pub const CONSENT_SENT: Path = Path::fixed("/consent/sent");
/// After the form: the neutral answer.
pub const CONSENT_NEUTRAL: Path = Path::fixed("/consent/neutral");
/// After a no.
pub const CONSENT_REFUSED: Path = Path::fixed("/consent/refused");
/// After an erasure.
pub const CONSENT_ERASED: Path = Path::fixed("/consent/erased");
/// After an objection.
pub const CONSENT_OBJECTED: Path = Path::fixed("/consent/objected");

fn under(folder: &str, token: &str, act: &str) -> Path {
    Path(Cow::Owned(format!("/{folder}/{}{act}", segment(token))))
}

/// The link of a submitted referral, carried by its advocate.
pub fn carried(token: &str) -> Path {
    under("i", token, "")
}

/// Says no to a carried link.
pub fn carried_refuse(token: &str) -> Path {
    under("i", token, "/refuse")
}

/// The link of the confirmation mail.
pub fn confirm(token: &str) -> Path {
    under("confirm", token, "")
}

/// Says no behind the confirmation mail.
pub fn confirm_refuse(token: &str) -> Path {
    under("confirm", token, "/refuse")
}

/// A contact's private page.
pub fn mine(token: &str) -> Path {
    under("my", token, "")
}

/// Takes consent back.
pub fn mine_withdraw(token: &str) -> Path {
    under("my", token, "/withdraw")
}

/// Objects.
pub fn mine_object(token: &str) -> Path {
    under("my", token, "/object")
}

/// Erases.
pub fn mine_erase(token: &str) -> Path {
    under("my", token, "/erase")
}

/// A text as one segment of a path: whatever could mean something else there is left out.
fn segment(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// The code of `?ref=` or `?via=` in a path with its query.
pub fn referred(path_and_query: &str) -> Option<Path> {
    let (_, query) = path_and_query.split_once('?')?;
    let code = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("ref=").or_else(|| pair.strip_prefix("via=")))
        .map(segment)
        .filter(|code| !code.is_empty())?;
    Some(link(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_path_never_leads_elsewhere() {
        assert!(Path::of_request("/refer?x=1").is_some());
        for hostile in
            ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: b", "", "refer"]
        {
            assert_eq!(Path::of_request(hostile), None, "{hostile:?}");
        }
    }

    #[test]
    fn a_referer_names_a_page_of_ours_or_nothing() {
        let page = |referer| Path::of_referer(referer, "a.example").map(|path| path.to_string());
        assert_eq!(page("https://a.example/refer?form=1&x=2").as_deref(), Some("/refer?x=2"));
        assert_eq!(page("https://a.example/refer?form=1").as_deref(), Some("/refer"));
        assert_eq!(page("https://evil.example/refer"), None);
        assert_eq!(page("https://a.example.evil.example/refer"), None);
        assert_eq!(page("https://a.example//evil.example"), None);
        assert_eq!(Path::above_form("/work/referrals/7/stage").as_str(), "/work/referrals/7");
        assert_eq!(Path::above_form("/refer").as_str(), "/refer");
    }

    #[test]
    fn a_reference_in_the_query_is_a_link() {
        assert_eq!(referred("/?ref=anna-berger").unwrap().as_str(), "/r/anna-berger");
        assert_eq!(referred("/?x=1&via=anna-berger").unwrap().as_str(), "/r/anna-berger");
        assert_eq!(referred("/?ref=../evil%2f").unwrap().as_str(), "/r/evil2f");
        assert_eq!(referred("/?ref="), None);
        assert_eq!(referred("/"), None);
    }
}
