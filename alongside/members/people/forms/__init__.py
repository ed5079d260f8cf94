"""What people type about themselves, their colleagues, and to sign in."""

from alongside.members.people.forms.bulk import CheckedSheetForm as CheckedSheetForm, SheetForm as SheetForm
from alongside.members.people.forms.people import (
    CodeForm as CodeForm,
    DetailsForm as DetailsForm,
    EndRoleForm as EndRoleForm,
    InviteForm as InviteForm,
    LetterNameForm as LetterNameForm,
    MailboxForm as MailboxForm,
    NameForm as NameForm,
    PassOnForm as PassOnForm,
    SeptemberForm as SeptemberForm,
    SuccessorForm as SuccessorForm,
    SureForm as SureForm,
)
from alongside.members.people.forms.security import (
    AddressCodeForm as AddressCodeForm,
    AddressForm as AddressForm,
    AppForm as AppForm,
    PasskeyForm as PasskeyForm,
    ProofForm as ProofForm,
    ShownForm as ShownForm,
)
from alongside.members.people.forms.signing_in import (
    AskForCode as AskForCode,
    FirstPassword as FirstPassword,
    ForgottenPassword as ForgottenPassword,
    NewPassword as NewPassword,
    OtherPassword as OtherPassword,
    PasswordSignIn as PasswordSignIn,
    TypeCode as TypeCode,
)
