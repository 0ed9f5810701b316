namespace Plumb.Collectors.Loading.Requests;

/// <summary>Reads <c>curl</c> command lines, as people keep them and browsers copy them, into requests. They are data: no shell and no
/// curl ever sees them.</summary>
public static class CurlText
{
    /// <summary>The requests of all commands in <paramref name="text"/>, in order.</summary>
    /// <param name="text">One command after the other, each on a line of its own or carried on by backslashes. <c>#</c> begins a comment.</param>
    /// <param name="file">Reads the file that a body names with <c>@</c>; throws <see cref="RequestFormatException"/> when it may not.</param>
    /// <exception cref="RequestFormatException">A command cannot be read, or asks for what a load does not do.</exception>
    public static IReadOnlyList<RequestTemplate> Parse(string text, Func<string, ReadOnlyMemory<byte>> file)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        List<RequestTemplate> requests = [];
        foreach (ShellCommand command in ShellWords.Split(text))
        {
            requests.AddRange(new CurlCommand(command, file).Requests());
            if (requests.Count > RequestLimits.MaxRequests)
            {
                throw new RequestFormatException($"line {command.Line}", $"there are more than {RequestLimits.MaxRequests} requests", "Split the file.");
            }
        }

        return requests.Count > 0
            ? requests
            : throw new RequestFormatException("", "there is no curl command in it", "Write one to a line: curl -X POST http://localhost:8080/orders -d '{\"id\":{n}}'");
    }
}
