using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Profiles.Building;

/// <summary>
/// Hashes for the intern tables. Seeded anew in each process, so that nobody can prepare a profile whose stacks all collide. The seed
/// never shows: ids are given in the order of first appearance.
/// </summary>
internal static class Hashing
{
    private const int Lanes = 4;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    public static readonly ulong Seed = RandomSeed();

    public static uint Hash(ReadOnlySpan<byte> bytes)
    {
        ulong state = Seed ^ (ulong)bytes.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        int at = 0;
        if (words.Length >= 2 * Lanes)
        {
            // A multiplication waits for the one before it; four chains keep the processor busy with long stacks.
            (ulong a, ulong b, ulong c, ulong d) = (state, ~state, state >> 1, ~state >> 1);
            for (; at <= words.Length - Lanes; at += Lanes)
            {
                a = Mix(a, words[at]);
                b = Mix(b, words[at + 1]);
                c = Mix(c, words[at + 2]);
                d = Mix(d, words[at + 3]);
            }

            state = Mix(Mix(a, b), Mix(c, d));
        }

        for (; at < words.Length; at++)
            state = Mix(state, words[at]);

        ulong rest = 0;
        foreach (byte b in bytes[(words.Length * sizeof(ulong))..])
            rest = (rest << 8) | b;

        return Finish(Mix(state, rest));
    }

    public static uint Hash(ulong key) => Finish(Mix(Seed, key));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    // A Guid is 122 bits of the system's secure random numbers. RandomNumberGenerator would load OpenSSL for them, which takes a short command a
    // tenth of its time.
    private static ulong RandomSeed()
    {
        Span<byte> bytes = stackalloc byte[2 * sizeof(ulong)];
        Guid.NewGuid().TryWriteBytes(bytes);
        return (BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[sizeof(ulong)..])) | 1;
    }
}
