"""Forms of the fees' pages, by noun."""

from alongside.money.fees.forms.bank import (
    BankFileForm as BankFileForm,
    CallForm as CallForm,
    IgnoreForm as IgnoreForm,
    ReminderDaysForm as ReminderDaysForm,
)
from alongside.money.fees.forms.corrections import (
    CreditForm as CreditForm,
    FreePaymentForm as FreePaymentForm,
    HoldForm as HoldForm,
    LetOffForm as LetOffForm,
    NeverCameForm as NeverCameForm,
    PeriodForm as PeriodForm,
    RefundForm as RefundForm,
    UseHeldForm as UseHeldForm,
    VatForm as VatForm,
)
from alongside.money.fees.forms.invoices import (
    HostNumberForm as HostNumberForm,
    IssueForm as IssueForm,
    OpenForm as OpenForm,
    OrderForm as OrderForm,
    PayerForm as PayerForm,
    PaymentForm as PaymentForm,
    QueryForm as QueryForm,
    ReaddressForm as ReaddressForm,
    ScheduleForm as ScheduleForm,
    SendForm as SendForm,
    SetUpForm as SetUpForm,
)
