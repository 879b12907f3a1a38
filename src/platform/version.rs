//! Whether the version that programs are told is what one asks for: `VerifyVersionInfo`.

/// What is compared, by bit, in the order of the mask of conditions.
const MINOR: u32 = 0x01;
const MAJOR: u32 = 0x02;
const BUILD: u32 = 0x04;
const PLATFORM: u32 = 0x08;
const SERVICE_PACK_MINOR: u32 = 0x10;
const SERVICE_PACK_MAJOR: u32 = 0x20;
const SUITE: u32 = 0x40;
const PRODUCT: u32 = 0x80;

/// Numbers of a version, as it is or as it is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Version {
    pub major: u32,
    pub minor: u32,
    pub build: u32,
    pub platform: u32,
    pub service_pack: (u32, u32),
    pub suite: u32,
    pub product: u32,
}

/// Adds a condition for what one of the bits stands for.
#[must_use]
pub fn with_condition(mask: u64, bits: u32, condition: u8) -> u64 {
    let lowest = |bit: u32| bits & bit != 0;
    let kinds = [PRODUCT, SUITE, SERVICE_PACK_MAJOR, SERVICE_PACK_MINOR, PLATFORM, BUILD, MAJOR, MINOR];
    match kinds.into_iter().find(|&bit| lowest(bit)) {
        Some(kind) => mask | u64::from(condition & 7) << (kind.trailing_zeros() * 3),
        None => mask,
    }
}

const EQUAL: u64 = 1;
const GREATER: u64 = 2;
const GREATER_EQUAL: u64 = 3;
const LESS: u64 = 4;
const LESS_EQUAL: u64 = 5;
const AND: u64 = 6;

/// Whether one number is to another as the condition says.
const fn holds(is: u32, wanted: u32, condition: u64) -> bool {
    match condition {
        EQUAL => is == wanted,
        GREATER => is > wanted,
        GREATER_EQUAL => is >= wanted,
        LESS => is < wanted,
        LESS_EQUAL => is <= wanted,
        _ => false,
    }
}

/// Whether the version is what is wanted. Of the major and minor number and those of the service pack the later ones count only
/// where the ones before are equal.
#[must_use]
pub fn is_as(is: Version, wanted: Version, bits: u32, mask: u64) -> bool {
    let condition = |kind: u32| mask >> (kind.trailing_zeros() * 3) & 7;
    let single = [
        (BUILD, is.build, wanted.build),
        (PLATFORM, is.platform, wanted.platform),
        (PRODUCT, is.product, wanted.product),
    ];
    if single.into_iter().any(|(kind, is, wanted)| bits & kind != 0 && !holds(is, wanted, condition(kind))) {
        return false;
    }
    if bits & SUITE != 0 {
        let has = is.suite & wanted.suite;
        let enough = if condition(SUITE) == AND { has == wanted.suite } else { has != 0 };
        if !enough {
            return false;
        }
    }
    let ranked = [
        (MAJOR, is.major, wanted.major),
        (MINOR, is.minor, wanted.minor),
        (SERVICE_PACK_MAJOR, is.service_pack.0, wanted.service_pack.0),
        (SERVICE_PACK_MINOR, is.service_pack.1, wanted.service_pack.1),
    ];
    let mut chosen = ranked.into_iter().filter(|(kind, ..)| bits & kind != 0).peekable();
    while let Some((kind, is, wanted)) = chosen.next() {
        if is != wanted || chosen.peek().is_none() {
            return holds(is, wanted, condition(kind));
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        let ten = Version { major: 10, minor: 0, build: 19_045, platform: 2, ..Version::default() };
        let at_least = |major, minor| {
            let mask = with_condition(with_condition(0, MAJOR, 3), MINOR, 3);
            is_as(ten, Version { major, minor, ..Version::default() }, MAJOR | MINOR, mask)
        };
        for (major, minor, expected) in
            [(6, 1, true), (6, 0, true), (10, 0, true), (10, 1, false), (11, 0, false), (5, 9, true)]
        {
            assert_eq!(at_least(major, minor), expected, "{major}.{minor}");
        }
        let one =
            |kind, wanted: Version, condition| is_as(ten, wanted, kind, with_condition(0, kind, condition));
        assert!(one(PLATFORM, Version { platform: 2, ..Version::default() }, 1));
        assert!(!one(PLATFORM, Version { platform: 1, ..Version::default() }, 1));
        assert!(one(BUILD, Version { build: 14_393, ..Version::default() }, 2));
        assert!(one(MAJOR, Version { major: 11, ..Version::default() }, 4));
        assert!(!one(MAJOR, Version { major: 10, ..Version::default() }, 4));
        assert!(!one(SUITE, Version { suite: 2, ..Version::default() }, 6));
        // A condition that was not given holds for nothing.
        assert!(!is_as(ten, ten, MAJOR, 0));
    }
}
