## Roles of the configuration, and what each of them bars.

setting-role = My role
setting-role-hint = What you may do here: { $allowed }.
config-role = What you may do: { $allowed }. A referrals-user sees and changes the deals whose team holds their e-mail, a viewer changes nothing
barred-viewer = Viewers change nothing: role in [me] of the configuration.
    .hint = Whoever may change deals sets another role there, in the settings or with “cosell config set me.role”.
barred-not-in-team = You are not in the team of this deal: a referrals-user works with deals of their own only (role in [me] of the configuration).
    .hint = Ask somebody of its team to add your e-mail to it.
barred-made-without-me = You are not among the employees of this deal, and a referrals-user makes deals of their own (role in [me] of the configuration).
    .hint = Put yourself on it, with the e-mail that stands in [me].
barred-admins-only = This concerns more than the deals of your team, and a referrals-user works with those only: role in [me] of the configuration.
    .hint = A referrals-admin or partner-admin does it.
barred-no-email = A referrals-user works with the deals whose team holds them, and your e-mail is not known.
    .hint = Set it with “cosell config set me.email YOU@COMPANY”, or in the settings.
desk-own-only = deals of your team only
desk-own-only-short = your team
desk-viewer = viewer
import-others = { $count ->
    [one] One row speaks of a deal whose team does not hold you: nothing of it was taken.
   *[other] { $count } rows speak of deals whose teams do not hold you: nothing of them was taken.
}
verdict-others = not of your team
store-read-only-config = The configuration is not changed while only looking.
    .hint = Start without --read-only.
