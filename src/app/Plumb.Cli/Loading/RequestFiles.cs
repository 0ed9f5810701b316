using System.IO.Compression;
using System.Text;
using Plumb.Cli.Leaks;
using Plumb.Collectors.Loading.Requests;
using Plumb.Collectors.Recording;

namespace Plumb.Cli.Loading;

/// <summary>Opens the files that say what to request, within bounds.</summary>
internal static class RequestFiles
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The whole text of a file; <c>-</c> is standard input.</summary>
    /// <exception cref="LeaksException">It cannot be read, is too long, or is no UTF-8.</exception>
    public static string ReadText(string path)
    {
        byte[] bytes = ReadBytes(path, RequestLimits.MaxFileBytes);
        try
        {
            return s_strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new LeaksException($"{path} is not a text in UTF-8");
        }
    }

    /// <exception cref="LeaksException">It cannot be read, or is too long.</exception>
    public static byte[] ReadBytes(string path, int most)
    {
        using Stream file = Open(path);
        using var content = new MemoryStream();
        try
        {
            byte[] buffer = new byte[64 << 10];
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                content.Write(buffer, 0, read);
                if (content.Length > most)
                {
                    throw new LeaksException($"{path} is larger than {most >> 20} MiB");
                }
            }
        }
        catch (IOException failed)
        {
            throw new LeaksException($"{path} cannot be read: {failed.Message}");
        }

        return content.ToArray();
    }

    /// <summary>What an access log says, plain or gzipped.</summary>
    /// <exception cref="LeaksException">It cannot be read, or names no request.</exception>
    public static AccessLog ReadLog(string path, bool includeUnsafe, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new BufferedStream(Open(path), 64 << 10);
            using Stream plain = IsGzip(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var reader = new StreamReader(plain);
            return AccessLogText.Read(reader, includeUnsafe, cancellationToken);
        }
        catch (RequestFormatException wrong)
        {
            throw Wrong(path, wrong);
        }
        catch (Exception failed) when (failed is IOException or InvalidDataException)
        {
            throw new LeaksException($"{path} cannot be read: {failed.Message}");
        }
    }

    /// <summary>The requests of a file of curl commands. A body named with @ must lie below the file's own folder: the commands may come from anyone.</summary>
    /// <exception cref="LeaksException">It cannot be read, or a command in it cannot.</exception>
    public static IReadOnlyList<RequestTemplate> ReadCurl(string path)
    {
        try
        {
            return CurlText.Parse(ReadText(path), Beside(path));
        }
        catch (RequestFormatException wrong)
        {
            throw Wrong(path, wrong);
        }
    }

    /// <summary>Reads the files that lie beside another one, or below its folder.</summary>
    public static Func<string, ReadOnlyMemory<byte>> Beside(string path)
    {
        string folder = path == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(path))!;
        return name => ContainedFile.TryFind(folder, name, out string? file, out string? problem)
            ? ReadBytes(file, RequestLimits.MaxBodyBytes)
            : throw new RequestFormatException("", $"the file '{name}' {problem}", "A body's file lies in the folder of the commands, or below it.");
    }

    /// <summary>Headers as the command line has them: <c>Name: value</c>.</summary>
    /// <exception cref="LeaksException">One is none.</exception>
    public static (string Name, string Value)[] HeadersOf(IReadOnlyList<string> headers) => [.. headers.Select(header =>
    {
        int colon = header.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? (header[..colon].Trim(), header[(colon + 1)..].Trim())
            : throw new LeaksException($"'{header}' is no header", "Write it as 'Name: value'.");
    })];

    public static LeaksException Wrong(string path, RequestFormatException wrong) => new($"{path}: {wrong.Message}", wrong.Remedy);

    private static Stream Open(string path)
    {
        try
        {
            return path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LeaksException($"{path} cannot be read: {failed.Message}");
        }
    }

    private static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
