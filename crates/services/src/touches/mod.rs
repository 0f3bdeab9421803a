//! Links, codes and clicks: how an advocate shares, and how a touch is kept before it is answered.

mod channels;
mod clicks;
mod counts;
mod gather;
mod salt;
mod share_kit;
mod throttle;
mod typed_code;

pub use channels::{channel_results, own_channel_results};
pub use clicks::{Click, ClickError, Clicks};
pub use counts::{Counts, counts, remembered};
pub(crate) use salt::day_salt;
pub use salt::forget_salt;
pub(crate) use share_kit::renew_codes;
pub use share_kit::{ShareKit, share_kit, share_kit_of};
pub use store::{
    channels::ChannelResult,
    touches::{Target, TouchRow},
};
pub use throttle::{Throttled, throttle};
pub use typed_code::{TypedCodeError, find_typed_code};
