### Dates and times in words.

when-weekday = { $weekday ->
    [1] maandag
    [2] dinsdag
    [3] woensdag
    [4] donderdag
    [5] vrijdag
    [6] zaterdag
   *[7] zondag
}
when-month = { $month ->
    [1] januari
    [2] februari
    [3] maart
    [4] april
    [5] mei
    [6] juni
    [7] juli
    [8] augustus
    [9] september
    [10] oktober
    [11] november
   *[12] december
}
when-day = { when-weekday } { $day } { when-month }
when-date-in-full = { when-day } { $year }
when-date-and-time = { when-date-in-full } om { $time } uur
when-minutes = { $minutes ->
    [one] { $minutes } minuut
   *[other] { $minutes } minuten
}
when-clock = { $time } uur
# In the hour that comes twice when the clock goes back.
when-first-time = zomertijd
when-second-time = wintertijd
