using System.IO.Compression;

namespace Plumb.Profiles.Proto;

/// <summary>Writes profile.proto. Ids on the wire are row numbers plus one.</summary>
public static class ProfileEncoder
{
    /// <summary>Encodes with gzip, as every consumer of the format expects it.</summary>
    public static byte[] EncodeGzip(Profile profile, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, level))
            Encode(profile, gzip);

        return target.ToArray();
    }

    /// <summary>Encodes without compression.</summary>
    public static byte[] Encode(Profile profile)
    {
        using var target = new MemoryStream();
        Encode(profile, target);
        return target.ToArray();
    }

    /// <summary>Encodes without compression, in pieces: the whole is never in memory.</summary>
    public static void Encode(Profile profile, Stream target) => new MessageEncoder(profile, target).Write();
}
