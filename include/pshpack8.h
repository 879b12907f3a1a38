/* Packs the structures that follow to 8 bytes, until poppack.h. */
#ifdef __clang__
# pragma clang diagnostic ignored "-Wpragma-pack"
#endif
#pragma pack(push, 8)
