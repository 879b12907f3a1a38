/* Random numbers as programs of Windows' newer interface ask for them: BCryptGenRandom, with the system's generator or an
   opened one. They are the kernel's. The rest of Windows' cryptography is not here. */
#ifndef WS2_BCRYPT_H
#define WS2_BCRYPT_H
#pragma GCC system_header

#ifndef __BCRYPT_H__
# define __BCRYPT_H__
#endif

#include "wincrypt.h"

#if !defined _NTDEF_ && !defined _NTSTATUS_PSDK
# define _NTSTATUS_PSDK
typedef LONG NTSTATUS, *PNTSTATUS;
#endif
typedef void *BCRYPT_HANDLE;
typedef void *BCRYPT_ALG_HANDLE;

#ifndef BCRYPT_SUCCESS
# define BCRYPT_SUCCESS(status)          ((NTSTATUS)(status) >= 0)
#endif
#define BCRYPT_RNG_USE_ENTROPY_IN_BUFFER 0x00000001
#define BCRYPT_USE_SYSTEM_PREFERRED_RNG  0x00000002
#if defined __SIZEOF_WCHAR_T__ && __SIZEOF_WCHAR_T__ == 2
# define BCRYPT_RNG_ALGORITHM            L"RNG"
#else
# define BCRYPT_RNG_ALGORITHM            u"RNG"
#endif

static __inline__ NTSTATUS BCryptOpenAlgorithmProvider(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, LPCWSTR pszImplementation, ULONG dwFlags)
{
    (void)pszImplementation;
    if (phAlgorithm == NULL || pszAlgId == NULL || dwFlags != 0)
        return (NTSTATUS)0xC000000D; /* STATUS_INVALID_PARAMETER */
    if (pszAlgId[0] != 'R' || pszAlgId[1] != 'N' || pszAlgId[2] != 'G' || pszAlgId[3] != 0)
        return (NTSTATUS)0xC0000225; /* STATUS_NOT_FOUND */
    *phAlgorithm = (BCRYPT_ALG_HANDLE)(ULONG_PTR)0x43525950;
    return 0;
}

static __inline__ NTSTATUS BCryptCloseAlgorithmProvider(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)dwFlags;
    return (ULONG_PTR)hAlgorithm == 0x43525950 ? 0 : (NTSTATUS)0xC0000008; /* STATUS_INVALID_HANDLE */
}

static __inline__ NTSTATUS BCryptGenRandom(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer, ULONG dwFlags)
{
    if (hAlgorithm == NULL ? (dwFlags & BCRYPT_USE_SYSTEM_PREFERRED_RNG) == 0 : (ULONG_PTR)hAlgorithm != 0x43525950)
        return (NTSTATUS)0xC0000008; /* STATUS_INVALID_HANDLE */
    if (pbBuffer == NULL && cbBuffer != 0)
        return (NTSTATUS)0xC000000D; /* STATUS_INVALID_PARAMETER */
    return ws2_crypt_random(pbBuffer, cbBuffer) ? 0 : (NTSTATUS)0xC0000001; /* STATUS_UNSUCCESSFUL */
}

#endif
