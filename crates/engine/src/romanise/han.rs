//! Han: one token for each character, in pinyin without tones.

use super::Piece;
use pinyin::ToPinyin;

/// Family names of two characters with readings of their own.
const DOUBLE: &[(&str, [&str; 2])] = &[
    ("万俟", ["mo", "qi"]),
    ("萬俟", ["mo", "qi"]),
    ("尉迟", ["yu", "chi"]),
    ("尉遲", ["yu", "chi"]),
    ("长孙", ["zhang", "sun"]),
    ("長孫", ["zhang", "sun"]),
    ("单于", ["chan", "yu"]),
    ("單于", ["chan", "yu"]),
    ("澹台", ["tan", "tai"]),
    ("澹臺", ["tan", "tai"]),
];

/// Readings of family names that differ from the most common reading of the character.
///
/// Source: the readings of family names in Xiandai Hanyu Cidian.
const fn surname(c: char) -> Option<&'static str> {
    Some(match c {
        '单' | '單' => "shan",
        '曾' => "zeng",
        '解' => "xie",
        '仇' => "qiu",
        '朴' => "piao",
        '查' => "zha",
        '盖' | '蓋' => "ge",
        '任' => "ren",
        '华' | '華' => "hua",
        '宁' | '甯' | '寧' => "ning",
        '乐' | '樂' => "yue",
        '区' | '區' => "ou",
        '秘' => "bi",
        '繁' => "po",
        '折' => "she",
        '黑' => "he",
        '翟' => "zhai",
        '缪' | '繆' => "miao",
        '冼' | '洗' => "xian",
        '覃' => "qin",
        '员' | '員' => "yun",
        '召' => "shao",
        '种' => "chong",
        '葛' => "ge",
        '燕' => "yan",
        '尉' => "wei",
        '过' | '過' => "guo",
        '要' => "yao",
        '应' | '應' => "ying",
        '令' => "ling",
        '哈' => "ha",
        '柏' => "bai",
        '卜' => "bu",
        '车' | '車' => "che",
        '沈' => "shen",
        '石' => "shi",
        '谷' => "gu",
        '牟' => "mu",
        '祭' => "zhai",
        '幺' => "yao",
        '俞' => "yu",
        '郇' => "xun",
        '隗' => "wei",
        '眭' => "sui",
        '郗' => "xi",
        '逄' => "pang",
        '长' | '長' => "chang",
        '都' => "du",
        '薄' => "bo",
        '纪' | '紀' => "ji",
        '晁' => "chao",
        '褚' => "chu",
        '盛' => "sheng",
        '藏' => "zang",
        _ => return None,
    })
}

/// Pinyin of one character without tone, `ü` as `u`, or `None`.
fn reading(c: char) -> Option<String> {
    let plain = c.to_pinyin()?.plain();
    let mut out = String::with_capacity(6);
    for l in plain.chars() {
        match l {
            'ü' | 'v' => out.push('u'),
            'ê' => out.push('e'),
            'a'..='z' => out.push(l),
            _ => {}
        }
    }
    (!out.is_empty()).then_some(out)
}

/// One piece for each character; the first is read as a family name where that differs.
pub fn word(word: &[char], out: &mut Vec<Piece>) {
    let begin: String = word.iter().take(2).collect();
    let double = DOUBLE.iter().find(|(name, _)| *name == begin);
    for (i, &c) in word.iter().enumerate() {
        let text = match double {
            Some((_, readings)) if i < 2 => readings[i].to_owned(),
            // The sign that repeats the character before it.
            _ if c == '々' && i > 0 => out.last().map(|p| p.text.clone()).unwrap_or_default(),
            _ => match surname(c) {
                Some(text) if i == 0 && word.len() <= 4 => text.to_owned(),
                _ => reading(c).unwrap_or_else(|| c.to_string()),
            },
        };
        out.push(Piece {
            text,
            from: i,
            to: i + 1,
        });
    }
}
