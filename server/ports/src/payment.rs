//! How a fee is settled.

use domain::form::Fee;
use domain::state::FeeState;

/// Settles the fee of an application when it is submitted. A service without a fee never asks.
pub trait PaymentProvider: Send + Sync {
    /// How `fee` stands once the application has been submitted.
    fn at_submission(&self, fee: &Fee) -> FeeState;
}

/// No payment is taken online: the authority sends an invoice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Invoice;

impl PaymentProvider for Invoice {
    fn at_submission(&self, _fee: &Fee) -> FeeState {
        FeeState::ToBeInvoiced
    }
}
