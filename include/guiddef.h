/* GUID, and what is done with it. */
#ifndef WS2_GUIDDEF_H
#define WS2_GUIDDEF_H

#include "ws2_base.h"
#include "ws2_guid.h"
#include "ws2_crt.h"

#ifndef EXTERN_C
# ifdef __cplusplus
#  define EXTERN_C extern "C"
# else
#  define EXTERN_C extern
# endif
#endif

#ifndef DECLSPEC_SELECTANY
# define DECLSPEC_SELECTANY __attribute__((__weak__))
#endif

typedef GUID         IID, CLSID, FMTID;
typedef IID         *LPIID;
typedef CLSID       *LPCLSID;
typedef FMTID       *LPFMTID;

#define _REFGUID_DEFINED
#define _REFIID_DEFINED
#define _REFCLSID_DEFINED
#define _REFFMTID_DEFINED
#define CLSID_DEFINED
#ifdef __cplusplus
# define REFGUID  const GUID &
# define REFIID   const IID &
# define REFCLSID const CLSID &
# define REFFMTID const FMTID &
#else
# define REFGUID  const GUID *
# define REFIID   const IID *
# define REFCLSID const CLSID *
# define REFFMTID const FMTID *
#endif

#define IID_NULL   GUID_NULL
#define CLSID_NULL GUID_NULL
#define FMTID_NULL GUID_NULL

#ifdef __cplusplus
static __inline__ int IsEqualGUID(REFGUID rguid1, REFGUID rguid2)
{
    return memcmp(&rguid1, &rguid2, sizeof(GUID)) == 0;
}

static __inline__ int InlineIsEqualGUID(REFGUID rguid1, REFGUID rguid2)
{
    return IsEqualGUID(rguid1, rguid2);
}

# ifndef _NO_SYS_GUID_OPERATOR_EQ_
#  define _SYS_GUID_OPERATOR_EQ_
extern "C++" {
inline bool operator==(REFGUID one, REFGUID other) { return IsEqualGUID(one, other) != 0; }
inline bool operator!=(REFGUID one, REFGUID other) { return IsEqualGUID(one, other) == 0; }
}
# endif
#else
# define IsEqualGUID(rguid1, rguid2)       (!memcmp((rguid1), (rguid2), sizeof(GUID)))
# define InlineIsEqualGUID(rguid1, rguid2) IsEqualGUID(rguid1, rguid2)
#endif
#define IsEqualIID(riid1, riid2)         IsEqualGUID(riid1, riid2)
#define IsEqualCLSID(rclsid1, rclsid2)   IsEqualGUID(rclsid1, rclsid2)
#define IsEqualFMTID(rfmtid1, rfmtid2)   IsEqualGUID(rfmtid1, rfmtid2)

#endif

/* Declares a GUID, or defines it in a file that has included <initguid.h> or defined INITGUID. */
#undef DEFINE_GUID
#ifndef INITGUID
# define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) EXTERN_C const GUID name
#elif defined __cplusplus
# define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    EXTERN_C const GUID name DECLSPEC_SELECTANY; \
    const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#else
# define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
    const GUID name DECLSPEC_SELECTANY = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#endif
#define DEFINE_OLEGUID(name, l, w1, w2) DEFINE_GUID(name, l, w1, w2, 0xc0, 0, 0, 0, 0, 0, 0, 0x46)
