use testkit::files::{archive, compound, doc, docx, jpeg, pdf, png, xls, xlsx};

use super::*;

fn examples() -> [(FileType, Vec<u8>); 7] {
    [
        (FileType::Pdf, pdf(0)),
        (FileType::Jpeg, jpeg()),
        (FileType::Png, png()),
        (FileType::Doc, doc()),
        (FileType::Docx, docx()),
        (FileType::Xls, xls()),
        (FileType::Xlsx, xlsx()),
    ]
}

#[test]
fn a_file_is_taken_for_its_own_type_and_for_no_other() {
    for (own, content) in examples() {
        for said in FileType::ALL {
            let expected = if said == own { Ok(()) } else { Err(BadFile::Differs) };
            assert_eq!(said.check(&content), expected, "{own:?} as {said:?}");
        }
    }
}

#[test]
fn nothing_is_taken_for_a_file_of_any_type_when_it_is_none() {
    let (text, program) = (b"hallo".to_vec(), b"MZ\x90\0".to_vec());
    let page = b"<html><script>alert(1)</script></html>".to_vec();
    let (archive, installer) = (archive(&["virus.exe"]), compound(&["\u{4840}Property"]));
    for content in [text, program, page, archive, installer] {
        for said in FileType::ALL {
            assert_eq!(said.check(&content), Err(BadFile::Differs), "{said:?} {content:?}");
        }
    }
    assert!(FileType::ALL.iter().all(|said| said.check(&[]) == Err(BadFile::Empty)));
}

#[test]
fn a_file_that_is_two_files_is_taken_for_neither_document() {
    // Something before the archive, something after it, and a document that is a workbook too.
    let both = archive(&["[Content_Types].xml", "word/document.xml", "xl/workbook.xml"]);
    for content in [[pdf(0), docx()].concat(), [docx(), b"<script>".to_vec()].concat(), both] {
        for said in [FileType::Docx, FileType::Xlsx] {
            assert_eq!(said.check(&content), Err(BadFile::Differs), "{said:?}");
        }
    }
}

#[test]
fn a_comment_behind_the_archive_is_part_of_it() {
    let mut content = docx();
    let length = content.len();
    content[length - 2] = 5;
    content.extend(b"hallo");
    assert_eq!(FileType::Docx.check(&content), Ok(()));
}

#[test]
fn an_archive_that_claims_to_be_huge_is_not_unpacked() {
    let mut content = docx();
    let entry = content.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    content[entry + 20..entry + 28].fill(0xFF);
    assert_eq!(FileType::Docx.check(&content), Ok(()));
}

#[test]
fn a_document_with_macros_is_refused_as_such() {
    let word = archive(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]);
    let excel = archive(&["[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"]);
    let old = compound(&["WordDocument", "Macros", "VBA"]);
    for (said, content) in [(FileType::Docx, word), (FileType::Xlsx, excel), (FileType::Doc, old)] {
        assert_eq!(said.check(&content), Err(BadFile::Macros));
    }
}

#[test]
fn only_the_root_of_an_old_file_says_what_it_is() {
    // The stream is there, but no folder leads to it.
    let mut content = compound(&["Workbook", "WordDocument"]);
    let second = 512 + 512 + 128;
    content[second + 72..second + 76].fill(0xFF);
    assert_eq!(FileType::Doc.check(&content), Err(BadFile::Differs));
    assert_eq!(FileType::Xls.check(&content), Ok(()));
}

#[test]
fn a_directory_of_several_sectors_is_followed() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "WordDocument"];
    assert_eq!(FileType::Doc.check(&compound(&names)), Ok(()));
}

#[test]
fn no_cut_and_no_wrong_byte_makes_reading_panic_or_go_on_for_ever() {
    for (said, content) in examples() {
        for end in 0..content.len() {
            let _ = said.check(&content[..end]);
        }
        for at in 0..content.len() {
            for byte in [0, 1, 0x7F, 0xFF] {
                let mut spoiled = content.clone();
                spoiled[at] = byte;
                let _ = said.check(&spoiled);
            }
        }
    }
}

#[test]
fn a_media_type_is_read_whatever_its_case_and_parameters() {
    assert_eq!(FileType::of("Application/PDF; name=x.pdf"), Some(FileType::Pdf));
    for other in ["image/gif", "text/html", "application/octet-stream", "image/svg+xml", "pdf", ""] {
        assert_eq!(FileType::of(other), None, "{other}");
    }
}
