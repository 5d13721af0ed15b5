### Dates and times in words.

when-weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
when-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
when-day = { when-weekday } { $day } { when-month }
when-date-in-full = { when-day } { $year }
when-date-and-time = { when-date-in-full } at { $time }
when-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
when-clock = { $time }
# In the hour that comes twice when the clock goes back.
when-first-time = summer time
when-second-time = winter time
