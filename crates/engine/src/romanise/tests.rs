//! One block for each script, by names that everybody knows.

use crate::text::{normalise, tokenise};
use proptest::prelude::*;

fn check(pairs: &[(&str, &str)]) {
    for (source, expected) in pairs {
        assert_eq!(normalise(source), *expected, "{source}");
    }
}

#[test]
fn cyrillic_follows_the_habit_of_its_language() {
    check(&[
        ("Владимир Путин", "vladimir putin"),
        ("Сергей Щедрин", "sergey shchedrin"),
        ("Володимир Зеленський", "volodimir zelenskiy"),
        ("Сергій", "serhiy"),
        ("Аляксандр Рыгоравіч", "alyaksandr ryhoravich"),
        ("Слободан Милошевић", "slobodan milosevic"),
        ("Никола Ѓоргиев", "nikola gjorgiev"),
        ("Қасым-Жомарт Тоқаев", "qasym zhomart toqaev"),
        ("Бойко Борисов", "boyko borisov"),
    ]);
}

#[test]
fn greek_digraphs_are_one_sound() {
    check(&[
        ("Κυριάκος Μητσοτάκης", "kyriakos mitsotakis"),
        ("Ευάγγελος", "evangelos"),
        ("Ντόρα Μπακογιάννη", "dora bakogianni"),
        ("Παπανδρέου", "papandreou"),
    ]);
}

#[test]
fn arabic_splits_the_article_and_compound_names() {
    check(&[
        ("محمد حسين", "mhmd hsyn"),
        ("مُحَمَّد", "mhmd"),
        ("محـــمد", "mhmd"),
        ("بشار الأسد", "bshar al asd"),
        ("عبدالله", "abd allh"),
        ("عبد الله", "abd allh"),
        ("عبدالرحمن", "abd al rhmn"),
        ("الله", "allh"),
        ("صدام حسين التكريتي", "sdam hsyn al tkryty"),
        ("فاطمة", "fatma"),
        ("إبراهيم", "abrahym"),
        ("إلهام", "alham"),
        ("ﻣﺤﻤﺪ", "mhmd"),
    ]);
}

#[test]
fn persian_urdu_pashto_and_kurdish_letters_are_read() {
    check(&[
        ("محمود احمدی‌نژاد", "mhmud ahmdynzhad"),
        ("پرویز گنجی چمران", "pruyz gnjy chmran"),
        ("نواز شریف", "nwaz shryf"),
        ("ٹنڈو", "tndu"),
        ("ښاغلی", "shaghly"),
        ("هێمن", "hemn"),
        ("صلاح‌الدین", "slah al dyn"),
        ("نصرالله", "nsr allh"),
    ]);
    let tokens = tokenise("صلاح‌الدین");
    let spans: Vec<(u32, u32)> = tokens.iter().map(|t| (t.start, t.end)).collect();
    // The joiner that is not seen lies between the first part and the second.
    assert_eq!(spans, [(0, 4), (5, 7), (7, 10)]);
}

#[test]
fn hebrew_reads_geresh_and_vav() {
    check(&[
        ("יצחק רבין", "ytshk rbin"),
        ("בנימין נתניהו", "bnimin ntniho"),
        ("ג'ורג'", "jorj"),
        ("ג׳ורג׳", "jorj"),
        ("צ’רצ’יל", "chrchil"),
        ("דָּוִד", "dod"),
    ]);
}

#[test]
fn armenian_and_georgian_are_read() {
    check(&[
        ("Նիկոլ Փաշինյան", "nikol pashinyan"),
        ("Երևան", "yerevan"),
        ("Ռուբեն Վարդանյան", "ruben vardanyan"),
        ("მიხეილ სააკაშვილი", "mikheil saakashvili"),
        ("ბიძინა ივანიშვილი", "bidzina ivanishvili"),
    ]);
}

#[test]
fn indic_scripts_know_the_inherent_vowel() {
    check(&[
        ("नरेन्द्र मोदी", "narendra modi"),
        ("अमिताभ बच्चन", "amitabh bachchan"),
        ("দাউদ ইব্রাহিম", "daud ibrahim"),
        ("ਮਨਮੋਹਨ ਸਿੰਘ", "manmohan singh"),
        ("નરેન્દ્ર મોદી", "narendra modi"),
        ("வேலுப்பிள்ளை", "veluppillai"),
        ("నరేంద్ర మోదీ", "narendra modi"),
        ("ಸಿದ್ದರಾಮಯ್ಯ", "siddaramayya"),
        ("പിണറായി വിജയൻ", "pinarayi vijayan"),
        ("මහින්ද රාජපක්ෂ", "mahinda rajapaksha"),
        // The vowel sign in two parts, and the nukta.
        ("মোদী", "modi"),
        ("ज़ाकिर नायक", "zakir nayak"),
        // A danda separates.
        ("राम।मोहन", "ram mohan"),
    ]);
}

#[test]
fn south_east_asian_scripts_are_read() {
    check(&[
        ("ทักษิณ ชินวัตร", "thaksin chinwatr"),
        ("ประยุทธ์", "prayut"),
        ("ທອງລຸນ", "thonglun"),
        ("ហ៊ុន សែន", "hun sen"),
        ("မင်းအောင်", "mngeang"),
    ]);
}

#[test]
fn hangul_is_a_token_for_each_syllable() {
    check(&[
        ("김정은", "kim jeong eun"),
        ("이명박", "lee myeong bak"),
        ("박근혜", "bak geun hye"),
        ("리설주", "ri seol ju"),
        // The same in conjoining letters.
        ("\u{1100}\u{1175}\u{11B7}", "kim"),
    ]);
    let tokens = tokenise("x 김정은");
    assert_eq!((tokens[3].start, tokens[3].end), (4, 5));
}

#[test]
fn kana_is_hepburn() {
    check(&[
        ("しんぞう", "shinzo"),
        ("プーチン", "puchin"),
        ("アレクサンドル・ロッシュ", "arekusandoru rosshu"),
        ("ﾌﾟｰﾁﾝ", "puchin"),
        ("ヴィクトリア ファティマ", "vikutoria fatima"),
        ("マッチ", "matchi"),
        ("か\u{3099}", "ga"),
    ]);
}

#[test]
fn han_is_pinyin_a_token_for_each_character() {
    check(&[
        ("习近平", "xi jin ping"),
        ("習近平", "xi jin ping"),
        ("单田芳", "shan tian fang"),
        ("單雄信", "shan xiong xin"),
        ("曾国藩", "zeng guo fan"),
        ("解缙", "xie jin"),
        ("尉迟恭", "yu chi gong"),
        ("任正非", "ren zheng fei"),
        ("北京ABC公司3", "bei jing abc gong si 3"),
    ]);
    let tokens = tokenise("华为 Ltd");
    let spans: Vec<(u32, u32)> = tokens.iter().map(|t| (t.start, t.end)).collect();
    assert_eq!(spans, [(0, 1), (1, 2), (3, 6)]);
}

#[test]
fn disguises_are_seen_through() {
    check(&[
        ("Рutin", "putin"),
        ("Cпутник", "sputnik"),
        ("ρutin", "putin"),
        ("𝐏𝐮𝐭𝐢𝐧", "putin"),
        ("Ｐｕｔｉｎ", "putin"),
        ("Pսtiո", "putin"),
        ("ᏢUTIN", "putin"),
        ("P\u{34F}u\u{E0101}tin", "putin"),
        ("ꜱʙᴇʀ", "sber"),
        // Digits stay digits, in whatever script they stand.
        ("Put1n", "put1n"),
        ("٣٤ १२ ４", "34 12 4"),
    ]);
}

proptest! {
    #[test]
    fn any_string_has_tokens_with_spans_inside_it(source in "\\PC*") {
        spans_hold(&source)?;
    }

    #[test]
    fn any_letters_of_the_world_do(source in world()) {
        spans_hold(&source)?;
    }

    #[test]
    fn ascii_output_is_its_own_normal_form(source in world()) {
        let once = normalise(&source);
        if once.is_ascii() {
            prop_assert_eq!(normalise(&once), once);
        }
    }
}

fn range(from: char, to: char) -> impl Strategy<Value = char> {
    prop::char::range(from, to)
}

/// Strings of letters of every script that is read, with marks, apostrophes and punctuation.
fn world() -> impl Strategy<Value = String> {
    let ranges = prop_oneof![
        range(' ', '~'),
        range('\u{A0}', '\u{58F}'),
        range('\u{590}', '\u{6FF}'),
        range('\u{900}', '\u{109F}'),
        range('\u{10A0}', '\u{11FF}'),
        range('\u{1780}', '\u{17FF}'),
        range('\u{3040}', '\u{30FF}'),
        range('\u{4E00}', '\u{9FFF}'),
        range('\u{AC00}', '\u{D7A3}'),
        range('\u{F900}', '\u{FFEF}'),
        any::<char>(),
    ];
    prop::collection::vec(ranges, 0..24).prop_map(|c| c.into_iter().collect())
}

fn spans_hold(source: &str) -> Result<(), TestCaseError> {
    let length = source.chars().count() as u32;
    let mut before = 0;
    for token in tokenise(source) {
        prop_assert!(!token.text.is_empty());
        prop_assert!(token.start < token.end, "{:?}", token);
        prop_assert!(token.end <= length, "{:?}", token);
        // One character may hold two tokens (a fraction), but order holds.
        prop_assert!(token.start >= before, "{:?}", token);
        before = token.start;
    }
    Ok(())
}
