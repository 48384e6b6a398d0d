# Leads: what they are, where they stand, what becomes of them.

## Steps
step-lead = { $count ->
    [one] Changed the lead “{ $name }”
   *[other] Changed { $count } leads
}
