/* getaddrinfo and its like for Windows 2000, which had them not; here ws2tcpip.h has all there is, and the functions by
   which Windows' file of this name makes them lead there. */
#ifndef WS2_WSPIAPI_H
#define WS2_WSPIAPI_H

#include "ws2tcpip.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WspiapiMalloc(size) calloc(1, (size))
#define WspiapiFree(p)      free(p)

typedef int (*WSPIAPI_PGETADDRINFO)(const char *nodename, const char *servname, const struct addrinfo *hints,
                                    struct addrinfo **res);
typedef int (*WSPIAPI_PGETNAMEINFO)(const struct sockaddr *sa, socklen_t salen, char *host, size_t hostlen, char *serv,
                                    size_t servlen, int flags);
typedef void (*WSPIAPI_PFREEADDRINFO)(struct addrinfo *ai);

static __inline__ int WspiapiGetAddrInfo(const char *nodename, const char *servname, const struct addrinfo *hints,
                                         struct addrinfo **res)
{
    return getaddrinfo(nodename, servname, hints, res);
}

static __inline__ int WspiapiGetNameInfo(const struct sockaddr *sa, socklen_t salen, char *host, size_t hostlen,
                                         char *serv, size_t servlen, int flags)
{
    return getnameinfo(sa, salen, host, (DWORD)hostlen, serv, (DWORD)servlen, flags);
}

static __inline__ void WspiapiFreeAddrInfo(struct addrinfo *ai)
{
    freeaddrinfo(ai);
}

static __inline__ int WspiapiLegacyGetAddrInfo(const char *pszNodeName, const char *pszServiceName,
                                               const struct addrinfo *ptHints, struct addrinfo **pptResult)
{
    return getaddrinfo(pszNodeName, pszServiceName, ptHints, pptResult);
}

static __inline__ int WspiapiLegacyGetNameInfo(const struct sockaddr *ptSocketAddress, socklen_t tSocketLength,
                                               char *pszNodeName, size_t tNodeLength, char *pszServiceName,
                                               size_t tServiceLength, int iFlags)
{
    return getnameinfo(ptSocketAddress, tSocketLength, pszNodeName, (DWORD)tNodeLength, pszServiceName,
                       (DWORD)tServiceLength, iFlags);
}

static __inline__ void WspiapiLegacyFreeAddrInfo(struct addrinfo *ptHead)
{
    freeaddrinfo(ptHead);
}

/* One of the three, by its number: 0 getaddrinfo, 1 getnameinfo, 2 freeaddrinfo. */
static __inline__ FARPROC WspiapiLoad(WORD wFunction)
{
    switch (wFunction) {
    case 0:
        return (FARPROC)(void (*)(void))WspiapiGetAddrInfo;
    case 1:
        return (FARPROC)(void (*)(void))WspiapiGetNameInfo;
    case 2:
        return (FARPROC)(void (*)(void))WspiapiFreeAddrInfo;
    default:
        return NULL;
    }
}

/* A copy of a text, for WspiapiFree. */
static __inline__ char *WspiapiStrdup(const char *pszString)
{
    size_t length;
    char *copy;

    if (pszString == NULL)
        return NULL;
    length = strlen(pszString) + 1;
    copy = (char *)WspiapiMalloc(length);
    if (copy != NULL)
        memcpy(copy, pszString, length);
    return copy;
}

/* Whether a text is an address of IPv4 in four parts, and which one. */
static __inline__ BOOL WspiapiParseV4Address(const char *pszAddress, DWORD *pdwAddress)
{
    struct in_addr address;
    const char *at;
    int dots = 0;

    for (at = pszAddress; *at != '\0'; at++)
        dots += *at == '.';
    if (dots != 3)
        return FALSE;
    address.s_addr = inet_addr(pszAddress);
    if (address.s_addr == INADDR_NONE)
        return FALSE;
    *pdwAddress = address.s_addr;
    return TRUE;
}

/* A list of one address; port and address in network order. */
static __inline__ struct addrinfo *WspiapiNewAddrInfo(int iSocketType, int iProtocol, WORD wPort, DWORD dwAddress)
{
    struct addrinfo hints, *list = NULL;
    struct in_addr address;
    char port[8];

    memset(&hints, 0, sizeof(hints));
    hints.ai_flags = AI_NUMERICHOST;
    hints.ai_family = PF_INET;
    hints.ai_socktype = iSocketType;
    hints.ai_protocol = iProtocol;
    address.s_addr = dwAddress;
    sprintf(port, "%u", (unsigned)ntohs(wPort));
    return getaddrinfo(inet_ntoa(address), port, &hints, &list) == 0 ? list : NULL;
}

/* The addresses of a host; port in network order. */
static __inline__ int WspiapiLookupNode(const char *pszNodeName, int iSocketType, int iProtocol, WORD wPort,
                                        BOOL bAI_CANONNAME, struct addrinfo **pptResult)
{
    struct addrinfo hints;
    char port[8];

    memset(&hints, 0, sizeof(hints));
    hints.ai_flags = bAI_CANONNAME ? AI_CANONNAME : 0;
    hints.ai_family = PF_INET;
    hints.ai_socktype = iSocketType;
    hints.ai_protocol = iProtocol;
    sprintf(port, "%u", (unsigned)ntohs(wPort));
    return getaddrinfo(pszNodeName, port, &hints, pptResult);
}

/* The same, with the host's own name as a text: pszAlias is the name itself where it has no other one. */
static __inline__ int WspiapiQueryDNS(const char *pszNodeName, int iSocketType, int iProtocol, WORD wPort,
                                      char pszAlias[NI_MAXHOST], struct addrinfo **pptResult)
{
    int error = WspiapiLookupNode(pszNodeName, iSocketType, iProtocol, wPort, TRUE, pptResult);

    if (error == 0) {
        const char *name = (*pptResult)->ai_canonname != NULL ? (*pptResult)->ai_canonname : pszNodeName;
        pszAlias[0] = '\0';
        strncat(pszAlias, name, NI_MAXHOST - 1);
    }
    return error;
}

/* Puts an entry for UDP, with this port in network order, behind each entry of a list. */
static __inline__ int WspiapiClone(WORD wPort, struct addrinfo *ptResult)
{
    struct addrinfo *at, *next, *one;

    for (at = ptResult; at != NULL; at = next) {
        next = at->ai_next;
        one = WspiapiNewAddrInfo(SOCK_DGRAM, at->ai_protocol, wPort,
                                 ((struct sockaddr_in *)at->ai_addr)->sin_addr.s_addr);
        if (one == NULL)
            return EAI_MEMORY;
        one->ai_next = next;
        at->ai_next = one;
    }
    return 0;
}

#endif
