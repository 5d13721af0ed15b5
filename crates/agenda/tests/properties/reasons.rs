use agenda::{Reason, ReasonError};
use proptest::prelude::*;

proptest! {
    #[test]
    fn c14_a_reason_is_kept_whole_or_refused(text in "[ a-zé😀\n\r\t]{0,520}") {
        let sent = text.replace("\r\n", "\n").replace('\r', "\n");
        let characters = sent.trim().chars().count();
        match text.parse::<Reason>() {
            Ok(reason) => {
                prop_assert_eq!(reason.as_str(), sent.trim());
                prop_assert!((1..=Reason::LIMIT).contains(&reason.characters()));
            }
            Err(ReasonError::Empty) => prop_assert_eq!(characters, 0),
            Err(ReasonError::TooLong { characters: counted }) => {
                prop_assert_eq!(counted, characters);
                prop_assert!(characters > Reason::LIMIT);
            }
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn c14_a_reason_read_again_is_the_same(text in "\\PC{1,300}") {
        if let Ok(reason) = text.parse::<Reason>() {
            prop_assert_eq!(reason.as_str().parse::<Reason>(), Ok(reason));
        }
    }
}
