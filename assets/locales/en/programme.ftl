# The co-sell programme: offers, what they are, what that brings.

## Steps and errors
step-offer = { $count ->
    [one] Changed the offer “{ $name }”
   *[other] Changed { $count } offers
}
step-organisation = Told facts about the organisation
record-changed = It cannot be undone: “{ $name }” was changed after it, on { $date }.
    .hint = cosell history shows by what.
record-stale = “{ $name }” was changed in another window since you looked at it.
    .hint = Look at it again, then repeat the step.
record-exists = There is another “{ $name }” already.
    .hint = Two of one kind cannot have the same name, however it is written.
