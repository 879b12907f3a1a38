//! Names and addresses of hosts, services and protocols, as Winsock asks for them.

mod addresses;
mod hosts;
pub mod inet;
pub mod lookup;
mod name_info;
pub mod pending;
mod services;
mod socket_address;
pub mod spaces;

pub use addresses::{Answer, Hints, addresses, written_out_address};
pub use hosts::{address_len, host_by_address, host_by_name, host_name};
pub use name_info::{Wanted, names};
pub use services::{
    Protocol, network_by_name, protocol_by_name, protocol_by_number, service_by_name, service_by_port,
};
pub use socket_address::{SocketAddress, family_of};

use crate::error::WsaError;
use crate::error::failure::Failure;
use crate::sys::names::resolve::{Family, HostAddress, LookupError};
use crate::sys::process::machine;
use crate::sys::room::{self, Made, NoMemory};

impl From<LookupError> for Failure {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::NotFound => WsaError::WSAHOST_NOT_FOUND.into(),
            LookupError::TryAgain => WsaError::WSATRY_AGAIN.because("no name server could tell"),
            LookupError::NoRecovery => WsaError::WSANO_RECOVERY.into(),
            LookupError::NoData => WsaError::WSANO_DATA.because("the host has no address of this family"),
            LookupError::NoMemory => WsaError::WSA_NOT_ENOUGH_MEMORY.into(),
        }
    }
}

impl From<NoMemory> for Failure {
    fn from(_: NoMemory) -> Self {
        LookupError::NoMemory.into()
    }
}

fn is_of(address: &HostAddress, family: Option<Family>) -> bool {
    match family {
        None => true,
        Some(Family::V4) => address.ip.is_ipv4(),
        Some(Family::V6) => address.ip.is_ipv6(),
    }
}

/// Whether a program means the machine itself: by no name, by Windows' word for it, or by its own name.
fn is_this_machine(name: &[u8]) -> bool {
    name.is_empty()
        || name.eq_ignore_ascii_case(b"..localmachine")
        || is_own_name(name, machine::name().to_bytes())
}

/// A machine may be called `localhost`, and still that name means its loopback addresses.
fn is_own_name(name: &[u8], own: &[u8]) -> bool {
    name.eq_ignore_ascii_case(own) && !is_localhost(name)
}

/// With the dot, too, that says that a name is whole.
fn is_localhost(name: &[u8]) -> bool {
    name.strip_suffix(b".").unwrap_or(name).eq_ignore_ascii_case(b"localhost")
}

/// The machine's own addresses of one family or of both, IPv6 first, those of the interface with the default
/// route before others; the loopback addresses where it has no other.
fn own_addresses(family: Option<Family>) -> Made<Vec<HostAddress>> {
    let default = machine::default_interface()?;
    let mut local = machine::addresses()?;
    local.retain(|local| !local.loopback && is_of(&local.address, family));
    if local.is_empty() {
        return loopback_addresses(family);
    }
    // Otherwise the kernel's order stays. Four rounds are less code than a sort, for the few addresses there are.
    let mut ordered = Vec::new();
    for (v4, first) in [(false, true), (false, false), (true, true), (true, false)] {
        let here = |local: &&machine::LocalAddress| {
            local.address.ip.is_ipv4() == v4 && (Some(&local.interface) == default.as_ref()) == first
        };
        for local in local.iter().filter(here) {
            room::push(&mut ordered, local.address)?;
        }
    }
    Ok(ordered)
}

/// The loopback addresses: IPv6's only if the machine has it or the caller wants no other.
fn loopback_addresses(family: Option<Family>) -> Made<Vec<HostAddress>> {
    let all = machine::LOOPBACK.map(HostAddress::from);
    let has_v6 = || Made::Ok(machine::addresses()?.iter().any(|local| local.address.ip.is_ipv6()));
    let wanted = if family.is_none() && !has_v6()? { Some(Family::V4) } else { family };
    room::list(all.into_iter().filter(|address| is_of(address, wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_names() {
        assert!(is_this_machine(b"") && is_this_machine(b"..LocalMachine"));
        assert!(is_own_name(b"VM.example", b"vm.example"));
        assert!(!is_own_name(b"vm", b"vm.example"));
        assert!(!is_own_name(b"localhost", b"localhost") && !is_own_name(b"LocalHost", b"localhost"));
    }

    #[test]
    fn loopback_is_of_the_family_asked_for() {
        assert_eq!(loopback_addresses(Some(Family::V4)).unwrap(), [HostAddress::from(machine::LOOPBACK[1])]);
        assert_eq!(loopback_addresses(Some(Family::V6)).unwrap(), [HostAddress::from(machine::LOOPBACK[0])]);
        assert!(own_addresses(None).unwrap().iter().all(|address| !address.ip.is_unspecified()));
        assert!(own_addresses(Some(Family::V6)).unwrap().iter().all(|address| address.ip.is_ipv6()));
    }
}
