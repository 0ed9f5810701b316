using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace Plumb.Collectors.Recording;

/// <summary>Saves a series into a folder while it is taken: after each <see cref="Append"/> the folder holds a complete series.</summary>
public sealed class SeriesWriter : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _index;

    private SeriesWriter(string folder, FileStream index)
    {
        _folder = folder;
        _index = index;
    }

    /// <summary>Creates <paramref name="folder"/> and an empty series in it.</summary>
    /// <exception cref="IOException">The folder holds a series already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static SeriesWriter Create(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        string index = Path.Combine(folder, SeriesFiles.Index);
        if (File.Exists(index))
        {
            throw new IOException($"{folder} holds a saved series already: name another folder, or delete it");
        }

        return new SeriesWriter(folder, new FileStream(index, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    /// <summary>Goes on with a series that <see cref="Create"/> began.</summary>
    /// <exception cref="IOException">There is none, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static SeriesWriter Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var index = new FileStream(Path.Combine(folder, SeriesFiles.Index), FileMode.Open, FileAccess.Write, FileShare.Read);
        index.Seek(0, SeekOrigin.End);
        return new SeriesWriter(folder, index);
    }

    /// <summary>Saves one snapshot: its files first, then the line that names them. A snapshot without any profile is left out.</summary>
    public void Append(Capture capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        if (!capture.HasProfile)
        {
            return;
        }

        string number = capture.Sequence.ToString("000", CultureInfo.InvariantCulture);
        List<(string Kind, string Name)> files = [];
        Save(files, SeriesFiles.Heap, $"{number}.heap.pb.gz", capture.Heap);
        Save(files, SeriesFiles.Goroutine, $"{number}.goroutine.pb.gz", capture.Goroutine);
        Save(files, SeriesFiles.GoroutineText, $"{number}.goroutine2.txt.gz", capture.GoroutineText);
        Save(files, SeriesFiles.GoroutineLeak, $"{number}.goroutineleak.pb.gz", capture.GoroutineLeak);
        _index.Write(Line(capture, files));
        _index.Flush();
    }

    public void Dispose() => _index.Dispose();

    private static byte[] Line(Capture capture, List<(string Kind, string Name)> files)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", capture.Sequence);
            json.WriteString("at", capture.At.UtcDateTime.ToString(SeriesFiles.TimeFormat, CultureInfo.InvariantCulture));
            json.WriteStartObject("files");
            foreach ((string kind, string name) in files)
            {
                json.WriteString(kind, name);
            }

            json.WriteEndObject();
            json.WriteStartObject("metrics");
            foreach ((string name, double value) in capture.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal))
            {
                json.WriteNumber(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private void Save(List<(string Kind, string Name)> files, string kind, string name, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } content)
        {
            return;
        }

        using FileStream file = new(Path.Combine(_folder, name), FileMode.Create, FileAccess.Write);
        if (IsGzip(content.Span))
        {
            file.Write(content.Span);
        }
        else
        {
            using var packed = new GZipStream(file, CompressionLevel.Optimal);
            packed.Write(content.Span);
        }

        files.Add((kind, name));
    }

    private static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith<byte>([0x1f, 0x8b]);
}
