/* MD5, SHA-1 and SHA-256 as CryptCreateHash and its kin have them. Part of wincrypt.h. */
#ifndef WS2_CRYPT_HASH_H
#define WS2_CRYPT_HASH_H
#pragma GCC system_header

#include "windows.h"

typedef ULONG_PTR HCRYPTHASH;
typedef ULONG_PTR HCRYPTKEY;
typedef unsigned int ALG_ID;

#define CALG_MD5     0x00008003
#define CALG_SHA     0x00008004
#define CALG_SHA1    0x00008004
#define CALG_SHA_256 0x0000800C
#define HP_ALGID     0x0001
#define HP_HASHVAL   0x0002
#define HP_HASHSIZE  0x0004

#define WS2_HASH_MARK 0x48534148u

/* A hash while it grows: words of the state, the block that is not full yet, and the bytes so far. */
struct ws2_hash {
    unsigned int  mark, algorithm, done;
    unsigned int  state[8];
    unsigned char block[64];
    UINT64        bytes;
};

static __inline__ unsigned int ws2_hash_left(unsigned int word, unsigned int by)
{
    return word << by | word >> (32 - by);
}

static __inline__ unsigned int ws2_hash_right(unsigned int word, unsigned int by)
{
    return word >> by | word << (32 - by);
}

/* The sixteen words of a block; MD5 has the lowest byte of each first. */
static __inline__ void ws2_hash_words(unsigned int *words, const unsigned char *block, BOOL lowest_first)
{
    int at, byte;

    for (at = 0; at < 16; at++) {
        words[at] = 0;
        for (byte = 0; byte < 4; byte++)
            words[at] = words[at] << 8 | block[4 * at + (lowest_first ? 3 - byte : byte)];
    }
}

static __inline__ void ws2_hash_begin(struct ws2_hash *hash, unsigned int algorithm)
{
    static const unsigned int old[8] = { 0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u, 0xC3D2E1F0u, 0, 0, 0 };
    static const unsigned int sha2[8] = { 0x6A09E667u, 0xBB67AE85u, 0x3C6EF372u, 0xA54FF53Au,
                                          0x510E527Fu, 0x9B05688Cu, 0x1F83D9ABu, 0x5BE0CD19u };
    int at;

    hash->mark = WS2_HASH_MARK;
    hash->algorithm = algorithm;
    hash->done = 0;
    hash->bytes = 0;
    for (at = 0; at < 8; at++)
        hash->state[at] = algorithm == CALG_SHA_256 ? sha2[at] : old[at];
}

static __inline__ void ws2_hash_md5(unsigned int *state, const unsigned char *block)
{
    static const unsigned char turns[16] = { 7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21 };
    static const unsigned int add[64] = {
        0xD76AA478u, 0xE8C7B756u, 0x242070DBu, 0xC1BDCEEEu, 0xF57C0FAFu, 0x4787C62Au, 0xA8304613u, 0xFD469501u, 0x698098D8u,
        0x8B44F7AFu, 0xFFFF5BB1u, 0x895CD7BEu, 0x6B901122u, 0xFD987193u, 0xA679438Eu, 0x49B40821u, 0xF61E2562u, 0xC040B340u,
        0x265E5A51u, 0xE9B6C7AAu, 0xD62F105Du, 0x02441453u, 0xD8A1E681u, 0xE7D3FBC8u, 0x21E1CDE6u, 0xC33707D6u, 0xF4D50D87u,
        0x455A14EDu, 0xA9E3E905u, 0xFCEFA3F8u, 0x676F02D9u, 0x8D2A4C8Au, 0xFFFA3942u, 0x8771F681u, 0x6D9D6122u, 0xFDE5380Cu,
        0xA4BEEA44u, 0x4BDECFA9u, 0xF6BB4B60u, 0xBEBFBC70u, 0x289B7EC6u, 0xEAA127FAu, 0xD4EF3085u, 0x04881D05u, 0xD9D4D039u,
        0xE6DB99E5u, 0x1FA27CF8u, 0xC4AC5665u, 0xF4292244u, 0x432AFF97u, 0xAB9423A7u, 0xFC93A039u, 0x655B59C3u, 0x8F0CCC92u,
        0xFFEFF47Du, 0x85845DD1u, 0x6FA87E4Fu, 0xFE2CE6E0u, 0xA3014314u, 0x4E0811A1u, 0xF7537E82u, 0xBD3AF235u, 0x2AD7D2BBu,
        0xEB86D391u
    };
    unsigned int a = state[0], b = state[1], c = state[2], d = state[3], words[16], at;

    ws2_hash_words(words, block, TRUE);
    for (at = 0; at < 64; at++) {
        unsigned int mixed, which, next;

        if (at < 16)
            mixed = (b & c) | (~b & d), which = at;
        else if (at < 32)
            mixed = (d & b) | (~d & c), which = (5 * at + 1) & 15;
        else if (at < 48)
            mixed = b ^ c ^ d, which = (3 * at + 5) & 15;
        else
            mixed = c ^ (b | ~d), which = 7 * at & 15;
        next = b + ws2_hash_left(a + mixed + add[at] + words[which], turns[at / 16 * 4 + (at & 3)]);
        a = d, d = c, c = b, b = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

static __inline__ void ws2_hash_sha1(unsigned int *state, const unsigned char *block)
{
    unsigned int a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], words[80], at;

    ws2_hash_words(words, block, FALSE);
    for (at = 16; at < 80; at++)
        words[at] = ws2_hash_left(words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16], 1);
    for (at = 0; at < 80; at++) {
        unsigned int next = ws2_hash_left(a, 5) + e + words[at];

        if (at < 20)
            next += ((b & c) | (~b & d)) + 0x5A827999u;
        else if (at < 40)
            next += (b ^ c ^ d) + 0x6ED9EBA1u;
        else if (at < 60)
            next += ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCu;
        else
            next += (b ^ c ^ d) + 0xCA62C1D6u;
        e = d, d = c, c = ws2_hash_left(b, 30), b = a, a = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

static __inline__ void ws2_hash_sha256(unsigned int *state, const unsigned char *block)
{
    static const unsigned int add[64] = {
        0x428A2F98u, 0x71374491u, 0xB5C0FBCFu, 0xE9B5DBA5u, 0x3956C25Bu, 0x59F111F1u, 0x923F82A4u, 0xAB1C5ED5u, 0xD807AA98u,
        0x12835B01u, 0x243185BEu, 0x550C7DC3u, 0x72BE5D74u, 0x80DEB1FEu, 0x9BDC06A7u, 0xC19BF174u, 0xE49B69C1u, 0xEFBE4786u,
        0x0FC19DC6u, 0x240CA1CCu, 0x2DE92C6Fu, 0x4A7484AAu, 0x5CB0A9DCu, 0x76F988DAu, 0x983E5152u, 0xA831C66Du, 0xB00327C8u,
        0xBF597FC7u, 0xC6E00BF3u, 0xD5A79147u, 0x06CA6351u, 0x14292967u, 0x27B70A85u, 0x2E1B2138u, 0x4D2C6DFCu, 0x53380D13u,
        0x650A7354u, 0x766A0ABBu, 0x81C2C92Eu, 0x92722C85u, 0xA2BFE8A1u, 0xA81A664Bu, 0xC24B8B70u, 0xC76C51A3u, 0xD192E819u,
        0xD6990624u, 0xF40E3585u, 0x106AA070u, 0x19A4C116u, 0x1E376C08u, 0x2748774Cu, 0x34B0BCB5u, 0x391C0CB3u, 0x4ED8AA4Au,
        0x5B9CCA4Fu, 0x682E6FF3u, 0x748F82EEu, 0x78A5636Fu, 0x84C87814u, 0x8CC70208u, 0x90BEFFFAu, 0xA4506CEBu, 0xBEF9A3F7u,
        0xC67178F2u
    };
    unsigned int words[64], v[8], at;

    ws2_hash_words(words, block, FALSE);
    for (at = 16; at < 64; at++) {
        unsigned int far = words[at - 15], near = words[at - 2];

        words[at] = words[at - 16] + words[at - 7] + (ws2_hash_right(far, 7) ^ ws2_hash_right(far, 18) ^ far >> 3) +
                    (ws2_hash_right(near, 17) ^ ws2_hash_right(near, 19) ^ near >> 10);
    }
    for (at = 0; at < 8; at++)
        v[at] = state[at];
    for (at = 0; at < 64; at++) {
        unsigned int first = v[7] + (ws2_hash_right(v[4], 6) ^ ws2_hash_right(v[4], 11) ^ ws2_hash_right(v[4], 25)) +
                             ((v[4] & v[5]) ^ (~v[4] & v[6])) + add[at] + words[at];
        unsigned int second = (ws2_hash_right(v[0], 2) ^ ws2_hash_right(v[0], 13) ^ ws2_hash_right(v[0], 22)) +
                              ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

        v[7] = v[6], v[6] = v[5], v[5] = v[4], v[4] = v[3] + first;
        v[3] = v[2], v[2] = v[1], v[1] = v[0], v[0] = first + second;
    }
    for (at = 0; at < 8; at++)
        state[at] += v[at];
}

static __inline__ void ws2_hash_add(struct ws2_hash *hash, const unsigned char *data, size_t length)
{
    for (; length > 0; length--) {
        hash->block[hash->bytes++ & 63] = *data++;
        if ((hash->bytes & 63) != 0)
            continue;
        if (hash->algorithm == CALG_MD5)
            ws2_hash_md5(hash->state, hash->block);
        else if (hash->algorithm == CALG_SHA1)
            ws2_hash_sha1(hash->state, hash->block);
        else
            ws2_hash_sha256(hash->state, hash->block);
    }
}

static __inline__ DWORD ws2_hash_size(const struct ws2_hash *hash)
{
    return hash->algorithm == CALG_MD5 ? 16 : hash->algorithm == CALG_SHA1 ? 20 : 32;
}

/* Ends the message; the state is the result then. */
static __inline__ void ws2_hash_end(struct ws2_hash *hash)
{
    static const unsigned char first = 0x80, zero = 0;
    UINT64 bits = hash->bytes * 8;
    unsigned char length[8];
    int at;

    if (hash->done)
        return;
    ws2_hash_add(hash, &first, 1);
    while ((hash->bytes & 63) != 56)
        ws2_hash_add(hash, &zero, 1);
    for (at = 0; at < 8; at++)
        length[hash->algorithm == CALG_MD5 ? at : 7 - at] = (unsigned char)(bits >> 8 * at);
    ws2_hash_add(hash, length, 8);
    hash->done = 1;
}

static __inline__ unsigned char ws2_hash_byte(const struct ws2_hash *hash, unsigned int at)
{
    unsigned int within = hash->algorithm == CALG_MD5 ? at & 3 : 3 - (at & 3);

    return (unsigned char)(hash->state[at / 4] >> 8 * within);
}

/* The hash behind a handle; NULL, and the last error, for what is none. */
static __inline__ struct ws2_hash *ws2_hash_of(HCRYPTHASH hHash)
{
    struct ws2_hash *hash = (struct ws2_hash *)hHash;

    if (hash != NULL && hash->mark == WS2_HASH_MARK)
        return hash;
    SetLastError(ERROR_INVALID_HANDLE);
    return NULL;
}

#endif
