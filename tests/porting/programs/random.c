/* Random numbers by both of Windows' interfaces. */
#include "check.h"
#include <wincrypt.h>
#include <bcrypt.h>
#include <ntsecapi.h>
#include <stdlib.h>
#include <string.h>

/* A program's own, under a name that libc has and Windows has not. */
static void arc4random_buf(void *to, size_t length)
{
    memset(to, 7, length);
}

int main(void)
{
    HCRYPTPROV provider = 0;
    BCRYPT_ALG_HANDLE generator = NULL;
    BYTE one[32] = {0}, two[32] = {0}, three[32] = {0}, none[32] = {0};

    CHECK(RtlGenRandom(one, sizeof one) && memcmp(one, none, sizeof one) != 0);
    CHECK(CryptAcquireContext(&provider, NULL, NULL, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT | CRYPT_SILENT));
    CHECK(CryptGenRandom(provider, sizeof(one), one) && CryptGenRandom(provider, sizeof(two), two));
    CHECK(memcmp(one, two, sizeof(one)) != 0 && memcmp(one, none, sizeof(one)) != 0);
    CHECK(CryptReleaseContext(provider, 0));
    CHECK(BCRYPT_SUCCESS(BCryptGenRandom(NULL, three, sizeof(three), BCRYPT_USE_SYSTEM_PREFERRED_RNG)));
    CHECK(memcmp(three, none, sizeof(three)) != 0);
    CHECK(BCRYPT_SUCCESS(BCryptOpenAlgorithmProvider(&generator, BCRYPT_RNG_ALGORITHM, NULL, 0)));
    CHECK(BCRYPT_SUCCESS(BCryptGenRandom(generator, two, sizeof(two), 0)) && memcmp(two, three, sizeof(two)) != 0);
    CHECK(BCRYPT_SUCCESS(BCryptCloseAlgorithmProvider(generator, 0)));
    CHECK(!BCRYPT_SUCCESS(BCryptGenRandom(NULL, three, sizeof(three), 0)));
    arc4random_buf(one, sizeof(one));
    CHECK(one[0] == 7 && one[31] == 7);
    return result();
}
