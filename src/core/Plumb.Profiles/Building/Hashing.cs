using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Plumb.Profiles.Building;

/// <summary>
/// Hashes for the intern tables. Seeded anew in each process, so that nobody can prepare a profile whose stacks all collide. The seed
/// never shows: ids are given in the order of first appearance.
/// </summary>
internal static class Hashing
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    public static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong state = Seed ^ (ulong)bytes.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            state = Mix(state, word);

        ulong rest = 0;
        foreach (byte b in bytes[(words.Length * sizeof(ulong))..])
            rest = (rest << 8) | b;

        return Finish(Mix(state, rest));
    }

    public static uint Hash(ulong key) => Finish(Mix(Seed, key));

    public static ulong Mix(ulong state, ulong word)
    {
        ulong high = Math.BigMul(state ^ word, Multiplier ^ Seed, out ulong low);
        return BitOperations.RotateLeft(high ^ low, 23) + word;
    }

    public static uint Finish(ulong state)
    {
        ulong high = Math.BigMul(state, Multiplier, out ulong low);
        return (uint)((high ^ low) >> 16);
    }
}
