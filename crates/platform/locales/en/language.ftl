### The language itself: what it is called in its own words, and how it is written.

language-name = English
# ltr, or rtl for a language that is written from right to left.
language-direction = ltr
number-decimal-mark = .
# What the file is called that goes into a calendar: plain letters only, without the .ics behind it.
calendar-file-name = appointment
