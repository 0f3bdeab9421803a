//! The route table: which handler answers which path.

use crate::{
    actions, pages, paths,
    route_list::{Routes, get, post},
};

/// Every page and every form.
pub fn routes() -> Routes {
    Routes::new()
        .route(paths::HOME.as_str(), get(pages::home::show))
        .merge(members())
        .merge(demo())
        .merge(referrals())
        .merge(rewards())
        .merge(tiers())
        .merge(compliance())
        .merge(fraud())
        .merge(triple_win())
        .merge(incentives())
        .merge(touches())
        .merge(consent())
        .merge(people())
        .merge(joining())
        .merge(accounts())
        .merge(access())
        .merge(segments())
        .merge(campaigns())
        .merge(legal())
        .merge(imports())
        .merge(jobs())
        .merge(settings())
}

fn jobs() -> Routes {
    use actions::jobs as act;
    Routes::new()
        .route(paths::JOBS.as_str(), get(pages::jobs::show))
        .route(paths::JOBS_RETRY.as_str(), post(act::retry_all))
        .route(paths::JOB_RETRY, post(act::retry))
}

fn settings() -> Routes {
    use actions::settings as act;
    Routes::new()
        .route(paths::SETTINGS.as_str(), get(pages::settings::show))
        .route(paths::SETTINGS_CAPS.as_str(), post(act::caps))
        .route(paths::SETTINGS_REWARDS.as_str(), post(act::rewards))
        .route(paths::SETTINGS_REFERRALS.as_str(), post(act::referrals))
        .route(paths::SETTINGS_TIERS.as_str(), post(act::tiers))
        .route(paths::SETTINGS_FRAUD.as_str(), post(act::fraud))
        .route(paths::SETTINGS_CLOCKS.as_str(), post(act::clocks))
        .route(paths::SETTINGS_OWNER.as_str(), post(act::owner))
}

/// Only a demonstration answers here; everywhere else these paths do not exist.
fn demo() -> Routes {
    Routes::new()
        .route(paths::DEMO_SIGN_IN.as_str(), post(actions::demo::sign_in))
        .route(paths::DEV_MAIL.as_str(), get(pages::demo::mails))
}

fn members() -> Routes {
    use actions::members as act;
    use pages::members::{profile, sign_in};
    Routes::new()
        .route(paths::SIGN_IN.as_str(), get(sign_in::address).post(act::request))
        .route(paths::SIGN_IN_CODE.as_str(), get(sign_in::code).post(act::with_code))
        .route(paths::SIGN_IN_LINK.as_str(), get(sign_in::link).post(act::with_link))
        .route(paths::SIGN_IN_WITH, get(act::leave_for_provider))
        .route(paths::SIGN_IN_WITH_BACK, get(act::back_from_provider))
        .route(paths::SIGN_OUT.as_str(), post(act::sign_out))
        .route(paths::SIGN_OUT_EVERYWHERE.as_str(), post(act::sign_out_everywhere))
        .route(paths::LANGUAGE.as_str(), post(act::change_language))
        .route(paths::PROFILE.as_str(), get(profile::show))
}

fn referrals() -> Routes {
    use actions::referrals as act;
    use pages::referrals::{board, due, form, neutral, own, proof, work};
    Routes::new()
        .route(paths::REFER.as_str(), get(form::show).post(act::submit))
        .route(paths::REFERRALS.as_str(), get(own::list))
        .route(paths::REFERRAL, get(own::show))
        .route(paths::REFERRAL_CHOICE, post(act::choose))
        .route(paths::REFERRAL_WITHDRAWAL, post(act::withdraw))
        .route(paths::REFERRAL_MESSAGE, post(act::ask))
        .route(paths::REFERRAL_CORRECTION, post(act::amend))
        .route(paths::NEUTRAL_ANSWERS.as_str(), get(neutral::list))
        .route(paths::BOARD.as_str(), get(board::show))
        .route(paths::DUE.as_str(), get(due::list))
        .route(paths::WORK_REFERRALS.as_str(), get(work::list))
        .route(paths::WORK_REFERRAL, get(work::show))
        .route(paths::WORK_PROOF, get(proof::show))
        .route(paths::WORK_MOVE, post(act::move_stage))
        .route(paths::WORK_DEAL, post(act::record_deal))
        .route(paths::WORK_REVEAL, post(act::reveal))
        .route(paths::WORK_ANSWER, post(act::spoken))
        .route(paths::WORK_STOP, post(act::stop))
        .route(paths::WORK_THANKS, post(act::thank))
        .route(paths::WORK_MESSAGE, post(act::answer))
}

fn rewards() -> Routes {
    use actions::rewards::{self as act, introductions as introduce};
    use pages::rewards::{
        all, approvals, conversions, deliveries, introductions, obligations, one, own, shortfalls, year_end,
    };
    Routes::new()
        .route(paths::REWARDS.as_str(), get(own::show))
        .route(paths::REWARD_STATEMENT.as_str(), get(own::csv))
        .route(paths::WORK_REWARDS.as_str(), get(all::show))
        .route(paths::WORK_REWARD, get(one::show))
        .route(paths::SHORTFALLS.as_str(), get(shortfalls::list))
        .route(paths::SHORTFALL, get(shortfalls::show).post(act::shortfalls::decide))
        .route(paths::APPROVALS.as_str(), get(approvals::show))
        .route(paths::DELIVERIES.as_str(), get(deliveries::show))
        .route(paths::OWN_RECEIPT, get(act::receipts::own))
        .route(paths::CREDITS_EXPORT.as_str(), post(act::credits::export))
        .route(paths::CREDITS_BOOK.as_str(), post(act::credits::book))
        .route(paths::OBLIGATIONS.as_str(), get(obligations::show))
        .route(paths::OBLIGATIONS_FILE.as_str(), get(obligations::file))
        .route(paths::YEAR_END.as_str(), get(year_end::show))
        .route(paths::YEAR_END_FILE.as_str(), get(year_end::file))
        .route(paths::COMPANY_YEAR, get(year_end::company))
        .route(paths::COMPANY_YEAR_FILE, get(year_end::company_file))
        .route(paths::PERSON_YEAR, get(year_end::person))
        .route(paths::PERSON_YEAR_FILE, get(year_end::person_file))
        .route(paths::CONVERSIONS_TAKE.as_str(), post(act::conversions::take))
        .route(paths::CONVERSIONS_ERRORS.as_str(), get(conversions::errors))
        .route(paths::CONVERSIONS_TEMPLATE.as_str(), get(conversions::template))
        .route(paths::GIVEN_AND_RECEIVED.as_str(), get(introductions::own::show))
        .route(paths::INTRODUCTION_ANSWER, post(introduce::answer))
        .route(paths::RECIPROCITIES.as_str(), get(introductions::staff::list))
        .route(paths::RECIPROCITY, get(introductions::staff::show))
        .route(paths::INTRODUCTION_PROMISE, post(introduce::promise))
        .route(paths::INTRODUCTION_MADE, post(introduce::made))
        .route(paths::REWARD_CATEGORY, post(act::categorise_one))
        .route(paths::REWARD_APPROVAL, post(act::approve_one))
        .route(paths::REWARD_REFUSAL, post(act::decline_one))
        .route(paths::REWARD_DELIVERY, post(act::deliver_one))
        .route(paths::DELIVERY_PLAN, post(act::plan_one))
        .route(paths::REWARD_RETURN, post(act::take_one_back))
}

fn tiers() -> Routes {
    use actions::tiers::{draft as edit, rollout};
    use pages::tiers::{draft, manage, own, preview};
    Routes::new()
        .route(paths::TIERS.as_str(), get(own::show))
        .route(paths::MANAGE_TIERS.as_str(), get(manage::list))
        .route(paths::TIERS_DRAFT.as_str(), get(draft::show).post(edit::save))
        .route(paths::TIERS_PREVIEW.as_str(), get(preview::show))
        .route(paths::TIERS_EFFECT.as_str(), post(rollout::begin))
        .route(paths::TIERS_ROLLOUT.as_str(), post(rollout::decide))
}

fn segments() -> Routes {
    use actions::segments as act;
    use pages::segments as page;
    Routes::new()
        .route(paths::SEGMENTS.as_str(), get(page::list))
        .route(paths::NEW_SEGMENT.as_str(), get(page::new).post(act::create))
        .route(paths::SEGMENT, get(page::show).post(act::change))
        .route(paths::SEGMENT_END, post(act::end))
}

fn campaigns() -> Routes {
    use actions::campaigns as act;
    use pages::campaigns::{manage, own};
    Routes::new()
        .route(paths::CAMPAIGNS.as_str(), get(manage::list))
        .route(paths::NEW_CAMPAIGN.as_str(), get(manage::new).post(act::create))
        .route(paths::CAMPAIGN, get(manage::show).post(act::change))
        .route(paths::CAMPAIGN_STEP, post(act::step))
        .route(paths::OWN_CAMPAIGN, get(own::show))
}

fn compliance() -> Routes {
    use actions::compliance as act;
    use pages::compliance::{held, market, playbook, rule, try_case};
    Routes::new()
        .route(paths::COMPLIANCE.as_str(), get(market::show))
        .route(paths::NEW_RULE.as_str(), get(rule::new).post(act::add))
        .route(paths::RULE, get(rule::show).post(act::change))
        .route(paths::RULE_END, post(act::end))
        .route(paths::SIGN_OFF.as_str(), post(act::sign))
        .route(paths::TRY_CASE.as_str(), get(try_case::show))
        .route(paths::PLAYBOOK, get(playbook::show))
        .route(paths::PLAYBOOK_MARKDOWN, get(playbook::markdown))
        .route(paths::HELD.as_str(), get(held::show))
        .route(paths::REWARD_RELEASE, post(act::let_go))
}

fn fraud() -> Routes {
    use pages::fraud::{case, list};
    Routes::new()
        .route(paths::CASES.as_str(), get(list::show))
        .route(paths::CASE, get(case::show))
        .route(paths::CASE_DECISION, post(actions::fraud::settle))
}

fn triple_win() -> Routes {
    Routes::new()
        .route(paths::TRIPLE_WIN.as_str(), get(pages::triple_win::show))
        .route(paths::TRIPLE_WIN_CSV.as_str(), get(pages::triple_win::csv))
}

fn incentives() -> Routes {
    use actions::incentives as act;
    use pages::incentives::{catalogue, first_contact, offer, organisation, program, questions, stages};
    Routes::new()
        .route(paths::INCENTIVES.as_str(), get(catalogue::show))
        .route(paths::NEW_OFFER.as_str(), get(offer::new).post(act::create_offer))
        .route(paths::OFFER, get(offer::edit).post(act::save_offer))
        .route(paths::PROGRAM.as_str(), get(program::show).post(act::save_program))
        .route(paths::STAGES.as_str(), get(stages::show).post(act::save_stages))
        .route(paths::PROGRAM_QUESTIONS.as_str(), get(questions::show).post(act::save_questions))
        .route(paths::FIRST_CONTACT.as_str(), get(first_contact::show).post(act::allow_first_contact))
        .route(paths::FIRST_CONTACT_END.as_str(), post(act::end_first_contact))
        .route(paths::ORGANISATIONS.as_str(), post(act::add_organisation))
        .route(paths::ORGANISATION, get(organisation::show).post(act::change_organisation))
        .route(paths::OWN_THANKS.as_str(), post(act::set_own_thanks))
}

fn touches() -> Routes {
    use actions::touches as act;
    use pages::touches::{channels, code, share, unknown};
    Routes::new()
        .route(paths::SHARE.as_str(), get(share::show))
        .route(paths::SHARE_QR_SVG.as_str(), get(share::qr_svg))
        .route(paths::SHARE_QR_PNG.as_str(), get(share::qr_png))
        .route(paths::CHANNELS.as_str(), get(channels::show))
        .route(paths::CODE.as_str(), get(code::show).post(act::enter_code))
        .route(paths::LANDING_REMEMBER, post(act::remember))
        .route(paths::FORGET.as_str(), post(act::forget))
        // The server answers known links itself, before any of the layers around pages.
        .route(paths::LINK, get(unknown::show))
}

fn consent() -> Routes {
    use actions::consent as act;
    use pages::consent::{answers, confirm, landing, mine};
    Routes::new()
        .route(paths::LANDING, get(landing::own).post(act::submit_own))
        .route(paths::LANDING_REFUSE, post(act::refuse_own))
        .route(paths::CARRIED, get(landing::carried_link).post(act::submit_carried))
        .route(paths::CARRIED_REFUSE, post(act::refuse_carried))
        .route(paths::CONFIRM, get(confirm::show).post(act::give))
        .route(paths::CONFIRM_REFUSE, post(act::refuse))
        .route(paths::MINE, get(mine::show).post(act::correct))
        .route(paths::MINE_WITHDRAW, post(act::withdraw))
        .route(paths::MINE_OBJECT, post(act::object))
        .route(paths::MINE_ERASE, post(act::erase))
        .route(paths::CONSENT_SENT.as_str(), get(answers::sent))
        .route(paths::CONSENT_NEUTRAL.as_str(), get(answers::neutral))
        .route(paths::CONSENT_REFUSED.as_str(), get(answers::refused))
        .route(paths::CONSENT_ERASED.as_str(), get(answers::erased))
        .route(paths::CONSENT_OBJECTED.as_str(), get(answers::objected))
}

fn people() -> Routes {
    use actions::members::{join as joining, people as act, pin, release};
    use pages::members::{join, letter, people};
    use paths::PersonAct;
    Routes::new()
        .route(paths::JOIN.as_str(), get(join::code).post(joining::join))
        .route(paths::PEOPLE.as_str(), get(people::list::show))
        .route(paths::INVITE.as_str(), get(people::invite::show).post(act::invite))
        .route(paths::PERSON, get(people::person::show))
        .route(&PersonAct::Change.route(), post(act::change))
        .route(&PersonAct::Roles.route(), post(act::roles))
        .route(&PersonAct::Deactivate.route(), post(act::deactivate))
        .route(&PersonAct::Reactivate.route(), post(act::reactivate))
        .route(&PersonAct::Letter.route(), get(letter::show).post(act::letter))
        .route(&PersonAct::Permission.route(), post(act::permission))
        .route(&PersonAct::Release.route(), post(release::record))
        .route(&PersonAct::ReleaseEnd.route(), post(release::revoke))
        .route(&PersonAct::Pin.route(), post(pin::pin))
        .route(&PersonAct::PinEnd.route(), post(pin::end))
}

fn joining() -> Routes {
    use actions::members::{joining as act, manners};
    use pages::members::{colleagues, joining, requests, stop};
    Routes::new()
        .route(paths::JOIN_ASK.as_str(), get(joining::ask).post(act::ask))
        .route(paths::JOIN_WITH, get(joining::with).post(act::ask_with))
        .route(paths::JOIN_CONFIRM, get(joining::confirm).post(act::confirm))
        .route(paths::JOIN_SENT.as_str(), get(joining::sent))
        .route(paths::JOIN_WAITING.as_str(), get(joining::waiting))
        .route(paths::JOIN_GONE.as_str(), get(joining::gone))
        .route(paths::COLLEAGUES.as_str(), get(colleagues::show).post(act::new_link))
        .route(paths::COLLEAGUES_END.as_str(), post(act::end_link))
        .route(paths::JOIN_REQUESTS.as_str(), get(requests::show))
        .route(paths::JOIN_SETTING.as_str(), post(act::setting))
        .route(paths::JOIN_APPROVAL, post(act::approve))
        .route(paths::JOIN_REFUSAL, post(act::turn_down))
        .route(paths::MANNERS.as_str(), post(manners::change))
        .route(paths::WISHES.as_str(), post(manners::wishes))
        .route(paths::MAIL_STOP, get(stop::show).post(manners::stop))
}

fn accounts() -> Routes {
    use actions::accounts as act;
    use pages::accounts::{account, list};
    Routes::new()
        .route(paths::ACCOUNTS.as_str(), get(list::show))
        .route(paths::NEW_ACCOUNT.as_str(), get(account::new).post(act::add))
        .route(paths::ACCOUNT, get(account::show).post(act::change))
}

fn access() -> Routes {
    use actions::access as act;
    use pages::access::{features, grant, keys};
    Routes::new()
        .route(paths::FEATURES.as_str(), get(features::list))
        .route(paths::NEW_FEATURE.as_str(), get(features::new).post(act::create_feature))
        .route(paths::FEATURE, get(features::show).post(act::save_feature))
        .route(paths::API_KEYS.as_str(), get(keys::show).post(act::create_key))
        .route(paths::API_KEY_END, post(act::end_key))
        .route(paths::GRANT, get(grant::show).post(act::make_key))
}

fn legal() -> Routes {
    use actions::legal as act;
    use pages::legal as show;
    Routes::new()
        .route(paths::LEGAL, get(show::text))
        .route(paths::TERMS.as_str(), get(show::terms).post(act::agree))
        .route(paths::LEGAL_TEXTS.as_str(), get(show::texts))
        .route(paths::LEGAL_TEXT, get(show::editor).post(act::publish))
}

fn imports() -> Routes {
    use actions::imports as act;
    use pages::imports as show;
    Routes::new()
        .route(paths::IMPORT_CONFIRM.as_str(), post(act::confirm))
        .route(paths::IMPORT_ERRORS.as_str(), get(show::errors))
        .route(paths::IMPORT_TEMPLATE.as_str(), get(show::template))
}

/// Forms that carry files, and so may be larger than the others.
pub fn uploads() -> Routes {
    use actions::rewards::{conversions, credits, receipts};
    Routes::new()
        .route(
            paths::IMPORT.as_str(),
            get(pages::imports::form).post(actions::imports::check).up_to(actions::imports::LARGEST_BODY),
        )
        .route(
            paths::CREDITS.as_str(),
            get(pages::rewards::credits::show).post(credits::check).up_to(credits::LARGEST_BODY),
        )
        .route(
            paths::CONVERSIONS.as_str(),
            get(pages::rewards::conversions::show).post(conversions::check).up_to(credits::LARGEST_BODY),
        )
        .route(
            paths::REWARD_RECEIPT,
            get(receipts::read).post(receipts::hand_in).up_to(receipts::LARGEST_BODY),
        )
}
