/* Identifiers of rpcrt4, made of random numbers of the kernel's, and as texts. The rest of RPC is not here. */
#ifndef WS2_RPCDCE_H
#define WS2_RPCDCE_H
#pragma GCC system_header

#ifndef __RPCDCE_H__
# define __RPCDCE_H__
#endif

#include "windows.h"
#include "wincrypt.h"

typedef LONG RPC_STATUS;
typedef unsigned char *RPC_CSTR;
typedef unsigned short *RPC_WSTR;
#ifndef UUID_DEFINED
# define UUID_DEFINED
typedef GUID UUID;
#endif

static __inline__ RPC_STATUS UuidCreate(UUID *Uuid)
{
    if (Uuid == NULL)
        return RPC_S_INVALID_ARG;
    if (!ws2_crypt_random(Uuid, sizeof *Uuid))
        return RPC_S_OUT_OF_MEMORY;
    /* Version 4, of random numbers. */
    Uuid->Data3 = (unsigned short)((Uuid->Data3 & 0x0FFF) | 0x4000);
    Uuid->Data4[0] = (unsigned char)((Uuid->Data4[0] & 0x3F) | 0x80);
    return RPC_S_OK;
}

/* One that tells nothing of the machine, either: it need not be unique beyond it, by its result. */
static __inline__ RPC_STATUS UuidCreateSequential(UUID *Uuid)
{
    RPC_STATUS status = UuidCreate(Uuid);

    return status == RPC_S_OK ? RPC_S_UUID_LOCAL_ONLY : status;
}

static __inline__ RPC_STATUS UuidCreateNil(UUID *NilUuid)
{
    static const UUID nil = { 0, 0, 0, { 0, 0, 0, 0, 0, 0, 0, 0 } };

    *NilUuid = nil;
    return RPC_S_OK;
}

/* The text of an identifier, in characters of either width; NULL without memory. */
static __inline__ void *ws2_uuid_text(const UUID *Uuid, size_t width)
{
    static const UUID nil = { 0, 0, 0, { 0, 0, 0, 0, 0, 0, 0, 0 } };
    const UUID *from = Uuid != NULL ? Uuid : &nil;
    char text[37];
    void *made = LocalAlloc(LMEM_FIXED, sizeof text * width);
    int at;

    if (made == NULL)
        return NULL;
    _snprintf(text, sizeof text, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", (unsigned int)from->Data1, from->Data2,
              from->Data3, from->Data4[0], from->Data4[1], from->Data4[2], from->Data4[3], from->Data4[4], from->Data4[5],
              from->Data4[6], from->Data4[7]);
    for (at = 0; at < (int)sizeof text; at++) {
        if (width == 1)
            ((char *)made)[at] = text[at];
        else
            ((WCHAR *)made)[at] = (WCHAR)text[at];
    }
    return made;
}

/* The text is given back by RpcStringFreeA. */
static __inline__ RPC_STATUS UuidToStringA(const UUID *Uuid, RPC_CSTR *StringUuid)
{
    if (StringUuid == NULL)
        return RPC_S_INVALID_ARG;
    *StringUuid = (RPC_CSTR)ws2_uuid_text(Uuid, 1);
    return *StringUuid == NULL ? RPC_S_OUT_OF_MEMORY : RPC_S_OK;
}

/* The text is given back by RpcStringFreeW. */
static __inline__ RPC_STATUS UuidToStringW(const UUID *Uuid, RPC_WSTR *StringUuid)
{
    if (StringUuid == NULL)
        return RPC_S_INVALID_ARG;
    *StringUuid = (RPC_WSTR)ws2_uuid_text(Uuid, sizeof(WCHAR));
    return *StringUuid == NULL ? RPC_S_OUT_OF_MEMORY : RPC_S_OK;
}

static __inline__ RPC_STATUS UuidFromStringA(RPC_CSTR StringUuid, UUID *Uuid)
{
    unsigned char bytes[16];
    const unsigned char *at = StringUuid;
    int index, half;

    if (StringUuid == NULL)
        return UuidCreateNil(Uuid);
    for (index = 0; index < 16; index++) {
        if ((index == 4 || index == 6 || index == 8 || index == 10) && *at++ != '-')
            return RPC_S_INVALID_STRING_UUID;
        bytes[index] = 0;
        for (half = 0; half < 2; half++) {
            int digit = *at++, value = digit >= '0' && digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

            if (value < 0 || value > 15 || (value > 9 && ((digit | 0x20) < 'a' || (digit | 0x20) > 'f')))
                return RPC_S_INVALID_STRING_UUID;
            bytes[index] = (unsigned char)(bytes[index] << 4 | value);
        }
    }
    if (*at != 0)
        return RPC_S_INVALID_STRING_UUID;
    Uuid->Data1 = (unsigned int)bytes[0] << 24 | (unsigned int)bytes[1] << 16 | (unsigned int)bytes[2] << 8 | bytes[3];
    Uuid->Data2 = (unsigned short)(bytes[4] << 8 | bytes[5]);
    Uuid->Data3 = (unsigned short)(bytes[6] << 8 | bytes[7]);
    for (index = 0; index < 8; index++)
        Uuid->Data4[index] = bytes[8 + index];
    return RPC_S_OK;
}

static __inline__ RPC_STATUS UuidFromStringW(RPC_WSTR StringUuid, UUID *Uuid)
{
    unsigned char text[38];
    int at;

    if (StringUuid == NULL)
        return UuidCreateNil(Uuid);
    for (at = 0; at < 37 && StringUuid[at] != 0; at++)
        text[at] = (unsigned char)(StringUuid[at] < 0x80 ? StringUuid[at] : '?');
    text[at] = 0;
    return UuidFromStringA(text, Uuid);
}

static __inline__ RPC_STATUS RpcStringFreeA(RPC_CSTR *String)
{
    if (String == NULL)
        return RPC_S_INVALID_ARG;
    LocalFree((HLOCAL)*String);
    *String = NULL;
    return RPC_S_OK;
}

static __inline__ RPC_STATUS RpcStringFreeW(RPC_WSTR *String)
{
    return RpcStringFreeA((RPC_CSTR *)(void *)String);
}

#define UuidToString   WS2_WIDTH(UuidToString)
#define UuidFromString WS2_WIDTH(UuidFromString)
#define RpcStringFree  WS2_WIDTH(RpcStringFree)

#endif
