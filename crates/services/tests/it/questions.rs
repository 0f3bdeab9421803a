//! What a programme asks besides: marketing's questions, the advocate's answers, and what stays of them.

use std::collections::BTreeMap;

use domain::{
    ids::{QuestionId, ReferralId},
    incentives::{Question, QuestionKind},
    members::{Actor, ProgramManaging, Role, RoleSet},
    referrals::{Answer, AnswerError, AnswerValue},
    text::{Bilingual, CompanyName, Country, Reason, RoleTitle, TextError},
    touches::Channel,
};
use serde_json::json;
use services::{
    consent::refuse_carried,
    incentives::{Program, SaveQuestionsError, save_program, save_questions},
    referrals::{SubmitReferral, SubmitReferralError, carried_link_token, submit},
    testing::TestHouse,
};

use crate::company::Company;

struct World {
    house: TestHouse,
    company: Company,
    power: ProgramManaging,
    size: Question,
    machine: Question,
}

impl World {
    /// A company that must say how large a referred one is, and may say which machine it has.
    async fn on(house: TestHouse) -> Self {
        let company = Company::on(&house).await;
        let roles = RoleSet::EMPTY.with(Role::Marketing);
        let power = Actor { member: company.ben, account: None, roles }.program_managing().unwrap();
        let size = Question {
            id: house.ctx.new_id(),
            kind: QuestionKind::Choice,
            label: Bilingual::new("Wie groß?", "How large?"),
            required: true,
            options: vec![Bilingual::new("klein", "small"), Bilingual::new("groß", "large")],
            active: true,
        };
        let machine = Question {
            id: house.ctx.new_id(),
            kind: QuestionKind::Line,
            label: Bilingual::new("Welche Anlage?", "Which machine?"),
            required: false,
            options: Vec::new(),
            active: true,
        };
        let world = Self { house, company, power, size, machine };
        world.save(vec![world.size.clone(), world.machine.clone()]).await.unwrap();
        world
    }

    async fn program(&self) -> Program {
        self.house.ctx.store.incentives().program(self.company.program).await.unwrap().unwrap()
    }

    async fn save(&self, questions: Vec<Question>) -> Result<(), SaveQuestionsError> {
        let program = self.program().await;
        save_questions(&self.house.ctx, &self.power, program.id, program.version, questions).await
    }

    async fn submit(
        &self,
        key: &str,
        answers: &[(QuestionId, &str)],
    ) -> Result<ReferralId, SubmitReferralError> {
        let by = self.company.person(&self.house, self.company.anna).await.actor.referrer().unwrap();
        let answers: BTreeMap<_, _> = answers.iter().map(|(id, text)| (*id, (*text).to_owned())).collect();
        let command = SubmitReferral {
            company: CompanyName::parse("Ravensteiner Hydraulik GmbH").unwrap(),
            country: Country::DE,
            role: RoleTitle::parse("Leitung Einkauf").unwrap(),
            reason: Reason::parse("Drei Schichten, viele kleine Lose").unwrap(),
            answers,
            channel: Channel::Link,
            incentive: None,
            organisation: None,
            key: key.to_owned(),
        };
        submit(&self.house.ctx, &by, command).await
    }

    async fn answers(&self, id: ReferralId) -> Vec<Answer> {
        self.house.ctx.store.referrals().load(id).await.unwrap().unwrap().answers
    }
}

#[tokio::test]
async fn answers_are_checked_and_keep_the_wording_of_their_day() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let (size, machine) = (world.size.id, world.machine.id);
        let before = store::testing::traces(&world.house.ctx.store).await;
        let not_an_option = vec![(size, AnswerError::NotAnOption)];
        for (answers, expected) in [
            (vec![(machine, "Presse 4")], not_an_option.clone()),
            (vec![(size, "riesig")], not_an_option),
            (
                vec![(size, "klein"), (machine, "Pres\u{0}se")],
                vec![(machine, AnswerError::Text(TextError::ControlCharacter))],
            ),
            (
                vec![(size, "klein"), (machine, "t.falk@ravensteiner.example")],
                vec![(machine, AnswerError::Address)],
            ),
        ] {
            match world.submit("one", &answers).await {
                Err(SubmitReferralError::Answers(errors)) => assert_eq!(errors, expected),
                other => panic!("{answers:?}: {other:?}"),
            }
        }
        assert_eq!(
            store::testing::traces(&world.house.ctx.store).await,
            before,
            "nothing is left of a refused form"
        );

        let id = world.submit("one", &[(size, "groß"), (machine, " Presse  4 ")]).await.unwrap();
        let said = vec![
            Answer {
                question: size,
                label: world.size.label.clone(),
                value: AnswerValue::Option(Bilingual::new("groß", "large")),
            },
            Answer {
                question: machine,
                label: world.machine.label.clone(),
                value: AnswerValue::Text("Presse 4".to_owned()),
            },
        ];
        assert_eq!(world.answers(id).await, said);

        // One question is worded anew, the other taken out: what was said stays what it was.
        let label = Bilingual::new("Wie viele Menschen?", "How many people?");
        let options = vec![Bilingual::new("unter 50", "below 50"), Bilingual::new("ab 50", "from 50")];
        let reworded = Question { label, options, ..world.size.clone() };
        let out = Question { active: false, ..world.machine.clone() };
        world.save(vec![reworded, out]).await.unwrap();
        assert_eq!(world.answers(id).await, said);
        assert!(matches!(world.submit("two", &[(size, "groß")]).await, Err(SubmitReferralError::Answers(_))));
        let other = world.submit("two", &[(size, "ab 50"), (machine, "nicht mehr gefragt")]).await.unwrap();
        assert_eq!(world.answers(other).await.len(), 1);
        // Sent once more, a form is the referral that it has made, whatever is asked by now.
        assert_eq!(world.submit("one", &[]).await.unwrap(), id);
        world.house.close().await;
    }
}

#[tokio::test]
async fn every_kind_of_answer_is_remembered_as_what_it_is() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let kinds = [
            (
                QuestionKind::Text,
                "Zwei Linien.\r\nEine davon neu.",
                json!({ "text": "Zwei Linien.\nEine davon neu." }),
            ),
            (QuestionKind::Number, "1.250", json!({ "number": 1250 })),
            (QuestionKind::Date, "2027-03-31", json!({ "date": "2027-03-31" })),
        ];
        let question = |kind| Question { id: world.house.ctx.new_id(), kind, ..world.machine.clone() };
        let questions: Vec<_> = kinds.iter().map(|(kind, ..)| question(*kind)).collect();
        world.save(questions.clone()).await.unwrap();
        let typed: Vec<_> =
            questions.iter().zip(&kinds).map(|(question, (_, typed, _))| (question.id, *typed)).collect();
        let id = world.submit("one", &typed).await.unwrap();
        let stored: Vec<_> = world.answers(id).await.into_iter().map(|answer| json!(answer.value)).collect();
        assert_eq!(stored, kinds.map(|(.., value)| value));
        world.house.close().await;
    }
}

#[tokio::test]
async fn two_editors_do_not_overwrite_each_other_and_each_edit_is_on_the_record() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let ctx = &world.house.ctx;
        let first = world.program().await;
        assert_eq!(first.questions.all(), [world.size.clone(), world.machine.clone()]);

        // The other form of the programme leaves the questions alone, and is an edit like any other.
        let other = Program { questions: Default::default(), ..first.clone() };
        save_program(ctx, &world.power, &other).await.unwrap();
        assert_eq!(world.program().await.questions, first.questions);
        let late =
            save_questions(ctx, &world.power, first.id, first.version, vec![world.machine.clone()]).await;
        assert!(matches!(late, Err(SaveQuestionsError::Stale)), "{late:?}");
        assert_eq!(world.program().await.questions, first.questions);

        let alone = Question { options: vec![Bilingual::new("a", "a")], ..world.size.clone() };
        assert!(matches!(world.save(vec![alone]).await, Err(SaveQuestionsError::Faults(_))));
        assert_eq!(store::testing::audited(&ctx.store, "incentives.save_questions").await, 1);
        let version = ctx.store.catalogue_version().await.unwrap();
        world.save(Vec::new()).await.unwrap();
        assert_eq!(store::testing::audited(&ctx.store, "incentives.save_questions").await, 2);
        assert_ne!(ctx.store.catalogue_version().await.unwrap(), version, "pages read the questions anew");
        assert!(world.program().await.questions.all().is_empty());
        world.house.close().await;
    }
}

#[tokio::test]
async fn a_no_of_the_person_takes_the_answers_with_it() {
    for house in TestHouse::all().await {
        let world = World::on(house).await;
        let id = world.submit("one", &[(world.size.id, "klein")]).await.unwrap();
        assert_eq!(world.answers(id).await.len(), 1);
        refuse_carried(&world.house.ctx, &carried_link_token(&world.house.ctx, id)).await.unwrap();
        assert_eq!(world.answers(id).await, []);
        world.house.close().await;
    }
}
