using System.Globalization;
using System.IO.Compression;
using Plumb.Profiles;
using Plumb.Profiles.Proto;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>Keeps what was fetched from a running program: it will never look the same again.</summary>
internal static class SavedProfiles
{
    private const int MaxNumber = 9999;

    /// <summary>Saves below $PPROF_TMPDIR, else $HOME/pprof, else the temporary folder, and says where.</summary>
    public static void Save(Profile profile, PprofHost host)
    {
        try
        {
            string main = profile.Mappings.Count > 0 && profile.Mappings.Rows[0].File.Length > 0 ? Path.GetFileName(profile.Mappings.Rows[0].File) + "." : "";
            string prefix = $"pprof.{main}{string.Concat(profile.SampleTypes.Select(type => type.Type + "."))}";
            using FileStream file = Create(Folder(host), string.Join('_', prefix.Split(Path.GetInvalidFileNameChars())), ".pb.gz");
            using (var gzip = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
                ProfileEncoder.Encode(profile, gzip);

            host.Error.WriteLine(TerminalText.Escape($"Saved profile in {file.Name}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine(TerminalText.Escape($"Could not save profile: {e.Message}"));
        }
    }

    /// <summary>A new file with the first number that is free.</summary>
    public static FileStream Create(string folder, string prefix, string suffix)
    {
        for (int number = 1; number <= MaxNumber; number++)
        {
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:d3}{suffix}"));
            if (File.Exists(path))
                continue;

            try
            {
                return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another run took the number in between.
            }
        }

        throw new IOException($"no free name for {prefix}NNN{suffix} in {folder}");
    }

    // The first of the places that can be used.
    private static string Folder(PprofHost host)
    {
        string[] places =
        [
            host.Environment("PPROF_TMPDIR") ?? "",
            host.Environment("HOME") is { Length: > 0 } home ? Path.Combine(home, "pprof") : "",
        ];
        foreach (string place in places.Where(place => place.Length > 0))
        {
            try
            {
                return Directory.CreateDirectory(Path.Combine(host.Directory, place)).FullName;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                host.Error.WriteLine(TerminalText.Escape($"Could not use temp dir {place}: {e.Message}"));
            }
        }

        return Path.GetTempPath();
    }
}
