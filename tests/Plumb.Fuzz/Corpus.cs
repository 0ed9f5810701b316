using System.IO.Compression;
using Plumb.Profiles;
using Plumb.Profiles.Proto;

namespace Plumb.Fuzz;

/// <summary>The inputs to start from: real profiles of every format, and the finds of earlier runs. Compressed ones are taken plain.</summary>
public static class Corpus
{
    private const int MaxBytes = 256 << 10;

    /// <summary>Profiles, and what each says as profile.proto.</summary>
    /// <param name="testData">The folder testdata/.</param>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Load(string testData)
    {
        var inputs = new List<(string, byte[])>();
        foreach ((string name, byte[] bytes) in Files(Path.Combine(testData, "profiles"), Path.Combine(testData, "fuzz", "profiles"), Path.Combine(testData, "hostile")))
            Add(inputs, name, bytes);

        return inputs;
    }

    /// <summary>The files of folders, in a steady order; not those of folders within them.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Files(params string[] folders) =>
    [
        .. folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            .Select(file => (Path.GetFileName(file), Plain(File.ReadAllBytes(file)))),
    ];

    /// <summary>Adds an input, and what it says as profile.proto.</summary>
    private static void Add(List<(string, byte[])> inputs, string name, byte[] bytes)
    {
        inputs.Add((name, bytes));
        try
        {
            inputs.Add((name + ".pb", ProfileEncoder.Encode(ProfileReader.Read(bytes))));
        }
        catch (ProfileFormatException)
        {
            // One of the hostile.
        }
    }

    /// <summary>What gzip hides, as far as it can be read; a mutation of compressed bytes would hardly get past the decompression.</summary>
    private static byte[] Plain(byte[] bytes)
    {
        if (bytes is not [0x1F, 0x8B, ..])
            return bytes;

        var plain = new byte[MaxBytes];
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        try
        {
            return plain[..gzip.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return bytes;
        }
    }
}
