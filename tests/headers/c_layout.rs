//! The layouts of the structures of `windows-sys`, worked out from its source by the rules of `repr(C)` on 64-bit
//! Windows.

use std::collections::BTreeMap;

/// Structures that the headers do not have, by the beginning of the name.
const NOT_OURS: &[(&str, &str)] = &[
    ("AAL", "ATM"),
    ("ADDRINFOEX", "GetAddrInfoEx, which is not offered"),
    ("ADDRINFO_DNS", "GetAddrInfoEx, which is not offered"),
    ("AFPROTOCOLS", "WSALookupService, which is not offered"),
    ("ARP_", "packets of Ethernet"),
    ("ASSOCIATE_NAMERES", "transport settings, which are not offered"),
    ("ATM_", "ATM"),
    ("DL_", "packets of Ethernet"),
    ("ETHERNET", "packets of Ethernet"),
    ("ICMPV4", "packets of ICMP"),
    ("ICMP_HEADER", "packets of ICMP"),
    ("ICMP_MESSAGE", "packets of ICMP"),
    ("IGMP", "packets of IGMP"),
    ("IPTLS_METADATA", "packets of IP-HTTPS"),
    ("IPV4_HEADER", "packets of IPv4"),
    ("IPV4_OPTION", "packets of IPv4"),
    ("IPV4_ROUTING", "packets of IPv4"),
    ("IPV4_TIMESTAMP", "packets of IPv4"),
    ("IPV6_EXTENSION", "packets of IPv6"),
    ("IPV6_FRAGMENT", "packets of IPv6"),
    ("IPV6_HEADER", "packets of IPv6"),
    ("IPV6_NEIGHBOR", "packets of IPv6"),
    ("IPV6_OPTION", "packets of IPv6"),
    ("IPV6_ROUTER", "packets of IPv6"),
    ("IPV6_ROUTING", "packets of IPv6"),
    ("IPX_", "IPX"),
    ("LM_IRPARMS", "IrDA"),
    ("MLD", "packets of IPv6"),
    ("NAPI_", "providers of name spaces"),
    ("ND_", "packets of IPv6"),
    ("NETRESOURCE2", "name spaces of Winsock 1"),
    ("NLA_", "network location awareness"),
    ("NL_", "IP helper"),
    ("NPI_", "kernel"),
    ("NSP", "providers of name spaces"),
    ("NS_", "name spaces of Winsock 1"),
    ("PRIORITY_STATUS", "transport settings, which are not offered"),
    ("PROTOCOL_INFO", "EnumProtocols of Winsock 1, which is not offered"),
    ("Q2931_", "ATM"),
    ("REAL_TIME", "transport settings, which are not offered"),
    ("RIO", "registered I/O, which is not offered"),
    ("RM_", "reliable multicast"),
    ("SERVICE_", "name spaces of Winsock 1"),
    ("SNAP_", "packets of Ethernet"),
    ("SOCKADDR_ATM", "ATM"),
    ("SOCKADDR_DL", "packets of Ethernet"),
    ("SOCKADDR_IN6_W2KSP1", "Windows 2000"),
    ("SOCKADDR_IPX", "IPX"),
    ("SOCKADDR_IRDA", "IrDA"),
    ("SOCKADDR_NB", "NetBIOS"),
    ("SOCKADDR_STORAGE_XP", "Windows XP"),
    ("SOCKADDR_TP", "OSI"),
    ("SOCKADDR_VNS", "Vines"),
    ("SOCKET_PEER", "IPsec per socket, which is not offered"),
    ("SOCKET_PROCESSOR", "SIO_QUERY_RSS_PROCESSOR_INFO, which is not offered"),
    ("SOCKET_SECURITY", "IPsec per socket, which is not offered"),
    ("TCP_HDR", "packets of TCP"),
    ("TCP_OPT", "packets of TCP"),
    ("TRANSPORT_", "transport settings, which are not offered"),
    ("VLAN", "packets of Ethernet"),
    ("WCE_", "IrDA"),
    ("WINDOWS_", "IrDA"),
    ("WSACOMPLETION", "WSANSPIoctl, which is not offered"),
    ("WSANAMESPACE", "providers of name spaces"),
    ("WSANSCLASS", "WSALookupService, which is not offered"),
    ("WSAQUERYSET", "WSALookupService, which is not offered"),
    ("WSASERVICECLASS", "WSALookupService, which is not offered"),
    ("WSATHREADID", "service providers"),
    ("WSAVERSION", "WSALookupService, which is not offered"),
    ("WSC_", "service providers"),
    ("WSP", "service providers"),
];

/// A structure or union as the source has it.
struct Shape<'s> {
    union: bool,
    packed: bool,
    fields: Vec<(&'s str, &'s str)>,
}

/// All structures of the source.
pub(crate) struct Layouts<'s> {
    shapes: BTreeMap<&'s str, Shape<'s>>,
    aliases: BTreeMap<&'s str, &'s str>,
}

impl<'s> Layouts<'s> {
    /// Reads the source: what stands for 32-bit Windows alone is left out.
    pub(crate) fn of(source: &'s str) -> Self {
        let mut layouts = Layouts { shapes: BTreeMap::new(), aliases: BTreeMap::new() };
        let mut lines = source.lines();
        let (mut packed, mut only_32) = (false, false);
        while let Some(line) = lines.next() {
            if let Some(attribute) = line.strip_prefix("#[") {
                packed |= attribute.starts_with("repr(C, packed(1))");
                only_32 |= attribute == "cfg(target_arch = \"x86\")]";
                continue;
            }
            if let Some((name, kind)) = line.strip_prefix("pub type ").and_then(|rest| rest.split_once(" = "))
            {
                layouts.aliases.insert(name, kind.trim_end_matches(';'));
            }
            let union = line.starts_with("pub union ");
            let name = line.strip_prefix("pub struct ").or(line.strip_prefix("pub union "));
            if let Some(name) = name.and_then(|name| name.strip_suffix(" {")) {
                let fields = lines
                    .by_ref()
                    .take_while(|line| *line != "}")
                    .map(|line| {
                        line.trim().trim_start_matches("pub ").trim_end_matches(',').split_once(": ").unwrap()
                    })
                    .collect();
                if !only_32 {
                    layouts.shapes.insert(name, Shape { union, packed, fields });
                }
            }
            (packed, only_32) = (false, false);
        }
        layouts
    }

    /// Lines of the list of structures left out that leave nothing out.
    pub(crate) fn stale(&self) -> Vec<&'static str> {
        NOT_OURS
            .iter()
            .map(|(family, _)| *family)
            .filter(|family| !self.shapes.keys().any(|name| name.starts_with(family)))
            .collect()
    }

    /// The structures that the headers must have. Parts of others, such as `IN_ADDR_0`, come with those.
    pub(crate) fn ours(&self) -> impl Iterator<Item = &'s str> {
        self.shapes
            .keys()
            .copied()
            .filter(|name| !part(name) && !NOT_OURS.iter().any(|(family, _)| name.starts_with(family)))
    }

    /// How C calls the structure: Berkeley's have no `typedef` of their own name.
    pub(crate) fn name_in_c(&self, name: &str) -> String {
        match self.shapes[name].union {
            _ if name.starts_with(|first: char| first.is_ascii_uppercase()) => name.into(),
            true => format!("union {name}"),
            false => format!("struct {name}"),
        }
    }

    pub(crate) fn size(&self, name: &str) -> usize {
        self.size_and_align(name).0
    }

    /// Every field with its offset and size, those of parts included: `S_un.S_addr`.
    pub(crate) fn fields(&self, name: &str) -> Vec<(String, usize, usize)> {
        let mut found = Vec::new();
        let mut end = 0;
        let shape = &self.shapes[name];
        for (field, kind) in &shape.fields {
            let (size, align) = self.size_and_align(kind);
            let offset = if shape.union { 0 } else { place(end, if shape.packed { 1 } else { align }) };
            end = offset + size;
            let field = field.trim_start_matches("r#");
            if field == "_bitfield" {
                continue;
            }
            let prefix = if field == "Anonymous" { String::new() } else { format!("{field}.") };
            if part(kind) {
                let inner = self.fields(kind);
                found.extend(
                    inner.into_iter().map(|(path, at, size)| (format!("{prefix}{path}"), offset + at, size)),
                );
            }
            if field != "Anonymous" {
                found.push((field.into(), offset, size));
            }
        }
        found
    }

    fn size_and_align(&self, kind: &str) -> (usize, usize) {
        if let Some(shape) = self.shapes.get(kind) {
            let (mut end, mut align) = (0, 1);
            for (_, kind) in &shape.fields {
                let (size, field_align) = self.size_and_align(kind);
                let field_align = if shape.packed { 1 } else { field_align };
                align = align.max(field_align);
                end = if shape.union { end.max(size) } else { place(end, field_align) + size };
            }
            return (place(end, align), align);
        }
        if let Some(array) = kind.strip_prefix('[') {
            let (element, count) = array.trim_end_matches(']').split_once("; ").unwrap();
            let (size, align) = self.size_and_align(element);
            return (size * count.parse::<usize>().unwrap(), align);
        }
        if kind.starts_with('*') || kind.starts_with("Option<") {
            return (8, 8);
        }
        let size = match kind.rsplit("::").next().unwrap() {
            "i8" | "u8" | "bool" => 1,
            "i16" | "u16" => 2,
            "i32" | "u32" | "BOOL" => 4,
            "i64" | "u64" | "isize" | "usize" => 8,
            "PSTR" | "PWSTR" | "PCSTR" | "PCWSTR" | "HANDLE" | "HWND" => 8,
            "GUID" => return (16, 4),
            _ => {
                return self
                    .size_and_align(self.aliases.get(kind).unwrap_or_else(|| panic!("what is {kind}?")));
            }
        };
        (size, size)
    }
}

/// The next multiple of `align`.
fn place(offset: usize, align: usize) -> usize {
    offset.next_multiple_of(align)
}

/// Whether the name is one that `windows-sys` made up for a part of another structure: `IN_ADDR_0_1`.
fn part(name: &str) -> bool {
    name.rsplit_once('_')
        .is_some_and(|(_, last)| !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()))
}
