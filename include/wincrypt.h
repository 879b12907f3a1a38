/* Random numbers and hashes as programs of Windows' old interface ask for them: a provider, CryptGenRandom, CryptCreateHash, and
   their end. The numbers are the kernel's. Keys, certificates and ciphers are not here. */
#ifndef WS2_WINCRYPT_H
#define WS2_WINCRYPT_H
#pragma GCC system_header

#ifndef __WINCRYPT_H__
# define __WINCRYPT_H__
#endif

#include "windows.h"

typedef ULONG_PTR HCRYPTPROV;

#define PROV_RSA_FULL       1
#define PROV_RSA_AES        24
#define PROV_INTEL_SEC      22
#define CRYPT_VERIFYCONTEXT 0xF0000000
#define CRYPT_NEWKEYSET     0x00000008
#define CRYPT_DELETEKEYSET  0x00000010
#define CRYPT_MACHINE_KEYSET 0x00000020
#define CRYPT_SILENT        0x00000040
#define MS_DEF_PROV_A       "Microsoft Base Cryptographic Provider v1.0"
#define MS_DEF_PROV         MS_DEF_PROV_A
#define MS_ENHANCED_PROV_A  "Microsoft Enhanced Cryptographic Provider v1.0"
#define MS_ENHANCED_PROV    MS_ENHANCED_PROV_A

#ifdef __cplusplus
extern "C" {
#endif
extern long ws2_libc_getrandom(void *to, size_t length, unsigned int flags) WS2_LIBC(getrandom);
#ifdef __cplusplus
}
#endif

/* Fills memory; whether it worked. */
static __inline__ BOOL ws2_crypt_random(void *to, size_t length)
{
    unsigned char *at = (unsigned char *)to;

    while (length > 0) {
        long got = ws2_libc_getrandom(at, length, 0);

        if (got > 0) {
            at += got;
            length -= (size_t)got;
        } else if (got < 0 && errno != EINTR) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A provider for random numbers. Containers of keys are not here: NTE_BAD_KEYSET, as on Windows where there is none. */
static __inline__ BOOL CryptAcquireContextA(HCRYPTPROV *phProv, LPCSTR szContainer, LPCSTR szProvider, DWORD dwProvType, DWORD dwFlags)
{
    (void)szProvider;
    if (phProv == NULL || dwProvType == 0) {
        SetLastError(phProv == NULL ? ERROR_INVALID_PARAMETER : (DWORD)NTE_BAD_PROV_TYPE);
        return FALSE;
    }
    if (szContainer != NULL || (dwFlags & (CRYPT_NEWKEYSET | CRYPT_DELETEKEYSET)) != 0) {
        SetLastError((DWORD)NTE_BAD_KEYSET);
        return FALSE;
    }
    *phProv = 0x43525950;
    return TRUE;
}

static __inline__ BOOL CryptAcquireContextW(HCRYPTPROV *phProv, LPCWSTR szContainer, LPCWSTR szProvider, DWORD dwProvType, DWORD dwFlags)
{
    (void)szProvider;
    return CryptAcquireContextA(phProv, szContainer == NULL ? NULL : "", NULL, dwProvType, dwFlags);
}

static __inline__ BOOL CryptGenRandom(HCRYPTPROV hProv, DWORD dwLen, BYTE *pbBuffer)
{
    if (hProv != 0x43525950 || (pbBuffer == NULL && dwLen != 0)) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return ws2_crypt_random(pbBuffer, dwLen);
}

static __inline__ BOOL CryptReleaseContext(HCRYPTPROV hProv, DWORD dwFlags)
{
    if (hProv != 0x43525950 || dwFlags != 0) {
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return TRUE;
}

#define CryptAcquireContext WS2_WIDTH(CryptAcquireContext)

#include "ws2_crypt_hash.h"

/* A hash of MD5, SHA-1 or SHA-256; others, and those with a key, are refused with NTE_BAD_ALGID. */
static __inline__ BOOL CryptCreateHash(HCRYPTPROV hProv, ALG_ID Algid, HCRYPTKEY hKey, DWORD dwFlags, HCRYPTHASH *phHash)
{
    struct ws2_hash *hash;

    if (hProv != 0x43525950 || phHash == NULL || dwFlags != 0) {
        SetLastError(hProv != 0x43525950 ? ERROR_INVALID_HANDLE : phHash == NULL ? ERROR_INVALID_PARAMETER : (DWORD)NTE_BAD_FLAGS);
        return FALSE;
    }
    if (hKey != 0 || (Algid != CALG_MD5 && Algid != CALG_SHA1 && Algid != CALG_SHA_256)) {
        SetLastError((DWORD)NTE_BAD_ALGID);
        return FALSE;
    }
    hash = (struct ws2_hash *)LocalAlloc(LMEM_FIXED, sizeof *hash);
    if (hash == NULL) {
        SetLastError(ERROR_NOT_ENOUGH_MEMORY);
        return FALSE;
    }
    ws2_hash_begin(hash, Algid);
    *phHash = (HCRYPTHASH)hash;
    return TRUE;
}

static __inline__ BOOL CryptHashData(HCRYPTHASH hHash, const BYTE *pbData, DWORD dwDataLen, DWORD dwFlags)
{
    struct ws2_hash *hash = ws2_hash_of(hHash);

    if (hash == NULL)
        return FALSE;
    if (dwFlags != 0 || hash->done || (pbData == NULL && dwDataLen > 0)) {
        SetLastError(dwFlags != 0 ? (DWORD)NTE_BAD_FLAGS : hash->done ? (DWORD)NTE_BAD_HASH_STATE : ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    ws2_hash_add(hash, pbData, dwDataLen);
    return TRUE;
}

/* HP_HASHVAL ends the hash; HP_HASHSIZE and HP_ALGID are numbers. Without room it tells how much is needed. */
static __inline__ BOOL CryptGetHashParam(HCRYPTHASH hHash, DWORD dwParam, BYTE *pbData, LPDWORD pdwDataLen, DWORD dwFlags)
{
    struct ws2_hash *hash = ws2_hash_of(hHash);
    DWORD needed, number, at;

    if (hash == NULL)
        return FALSE;
    if (pdwDataLen == NULL || dwFlags != 0 || (dwParam != HP_ALGID && dwParam != HP_HASHSIZE && dwParam != HP_HASHVAL)) {
        SetLastError(pdwDataLen == NULL ? ERROR_INVALID_PARAMETER : dwFlags != 0 ? (DWORD)NTE_BAD_FLAGS : (DWORD)NTE_BAD_TYPE);
        return FALSE;
    }
    needed = dwParam == HP_HASHVAL ? ws2_hash_size(hash) : (DWORD)sizeof number;
    if (pbData == NULL || *pdwDataLen < needed) {
        *pdwDataLen = needed;
        if (pbData != NULL)
            SetLastError(ERROR_MORE_DATA);
        return pbData == NULL;
    }
    *pdwDataLen = needed;
    number = dwParam == HP_ALGID ? hash->algorithm : ws2_hash_size(hash);
    if (dwParam == HP_HASHVAL)
        ws2_hash_end(hash);
    for (at = 0; at < needed; at++)
        pbData[at] = dwParam == HP_HASHVAL ? ws2_hash_byte(hash, at) : (BYTE)(number >> 8 * at);
    return TRUE;
}

static __inline__ BOOL CryptDestroyHash(HCRYPTHASH hHash)
{
    struct ws2_hash *hash = ws2_hash_of(hHash);

    if (hash == NULL)
        return FALSE;
    hash->mark = 0;
    LocalFree((HLOCAL)hash);
    return TRUE;
}

#endif
