/* Fields and options of the headers of IPv4 and IPv6 packets. */
#ifndef WS2_NETIODEF_H
#define WS2_NETIODEF_H

/* IPv4: options of the header. */
#define IP_OPT_EOL          0
#define IP_OPT_NOP          1
#define IP_OPT_RR           7
#define IP_OPT_TS           68
#define IP_OPT_SECURITY     130
#define IP_OPT_LSRR         131
#define IP_OPT_SID          136
#define IP_OPT_SSRR         137
#define IP_OPT_ROUTER_ALERT 148
#define IP_OPT_MULTIDEST    149

/* IPv4: kinds of the time stamp option. */
#define IP_OPTION_TIMESTAMP_ONLY             0
#define IP_OPTION_TIMESTAMP_ADDRESS          1
#define IP_OPTION_TIMESTAMP_SPECIFIC_ADDRESS 3

/* IPv4: fields of the header. */
#define IP_VER_MASK          0xF0
#define IP4_OFF_MASK         0xFF1F
#define IPV4_VERSION         4
#define IPV4_MIN_MINIMUM_MTU 352
#define IPV4_MAX_MINIMUM_MTU 576
#define IPV4_MINIMUM_MTU     576
#define MAX_IPV4_HLEN        60
#define MAX_IPV4_PACKET      65535

/* IPv6: fields of the header, as they stand in memory. */
#define IPV6_ECN_SHIFT               12
#define IPV6_VERSION                 0x60
#define IPV6_ECN_MASK                0x3000
#define IPV6_TRAFFIC_CLASS_MASK      0xC00F
#define IPV6_FULL_TRAFFIC_CLASS_MASK 0xF00F
#define IPV6_FLOW_LABEL_MASK         0xFFFF0F00u
#define IPV6_MINIMUM_MTU             1280
#define MAX_IPV6_PAYLOAD             65535

#endif
