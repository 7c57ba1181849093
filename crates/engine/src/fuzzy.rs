//! Which listed tokens are within the forgiven edits of a word: the deletion neighbourhood.
//!
//! Two words within `d` edits share a string that each reaches by deleting at most `d` letters
//! (optimal string alignment included: a swap is one deletion on either side). So every listed
//! token is filed under the hash of itself and of all its deletions, and a word looks up its own.
//! What is found is checked by the distance itself; hashes only ever add false candidates.
//!
//! Source: Bocek, Hunt, Stiller, "Fast similarity search in large dictionaries" (2007).

use crate::score::{EDIT_LETTERS_MIN, TWO_EDITS_LETTERS_MIN};

const BASE: u64 = 0x9E37_79B9_7F4A_7C15 | 1;

const fn letter(c: char) -> u64 {
    (c as u64 + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// Mix a rolling hash into the bits that select a bucket and a fingerprint.
pub const fn mix(mut h: u64) -> u64 {
    h ^= h >> 32;
    h = h.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h ^ (h >> 29)
}

/// Longest word whose neighbourhood is looked at; longer ones meet only when equal or joined.
pub const LETTERS_MAX: usize = 40;

/// Powers of the base and prefix hashes of one word, reused from word to word.
#[derive(Default)]
pub struct Roller {
    prefix: Vec<u64>,
    power: Vec<u64>,
}

impl Roller {
    fn load(&mut self, word: &[char]) {
        self.prefix.clear();
        self.prefix.push(0);
        let mut h = 0_u64;
        for &c in word {
            h = h.wrapping_mul(BASE).wrapping_add(letter(c));
            self.prefix.push(h);
        }
        if self.power.is_empty() {
            self.power.push(1);
        }
        while self.power.len() <= word.len() {
            let last = self.power[self.power.len() - 1];
            self.power.push(last.wrapping_mul(BASE));
        }
    }

    /// Hash of `word[from..to]`.
    fn part(&self, from: usize, to: usize) -> u64 {
        self.prefix[to].wrapping_sub(self.prefix[from].wrapping_mul(self.power[to - from]))
    }

    /// Call `found` with the hash of the word and of each of its forgiven deletions.
    pub fn each(&mut self, word: &[char], mut found: impl FnMut(u64)) {
        let n = word.len();
        if !(EDIT_LETTERS_MIN..=LETTERS_MAX).contains(&n) {
            return;
        }
        self.load(word);
        found(mix(self.prefix[n]));
        for i in 0..n {
            if i > 0 && word[i] == word[i - 1] {
                continue;
            }
            let one = self.prefix[i]
                .wrapping_mul(self.power[n - 1 - i])
                .wrapping_add(self.part(i + 1, n));
            found(mix(one));
            if n < TWO_EDITS_LETTERS_MIN {
                continue;
            }
            for j in i + 1..n {
                let middle = self.part(i + 1, j);
                let two = self.prefix[i]
                    .wrapping_mul(self.power[n - 2 - i])
                    .wrapping_add(middle.wrapping_mul(self.power[n - 1 - j]))
                    .wrapping_add(self.part(j + 1, n));
                found(mix(two));
            }
        }
    }
}

/// Bucket of a mixed hash among `1 << bits`.
pub const fn bucket(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize
}

/// Fingerprint of a mixed hash.
pub const fn print(hash: u64) -> u8 {
    (hash & 0xFF) as u8
}

/// Hash of a whole word, for the exact table.
pub fn whole(word: &[char]) -> u64 {
    let mut h = 0_u64;
    for &c in word {
        h = h.wrapping_mul(BASE).wrapping_add(letter(c));
    }
    mix(h)
}
