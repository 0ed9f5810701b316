using System.Security.Cryptography;
using Plumb.Agent.Contract;
using Plumb.Runtime.Processes;

namespace Plumb.Runtime.Agent;

/// <summary>
/// The agent's file where another process can load it. One that sees other files than this one (a container) is given a copy, which is
/// removed once it is loaded. The copy of one build has always the same name: a library that was loaded once stays loaded, and is
/// found again by that.
/// </summary>
internal sealed class AgentCopy : IDisposable
{
    private const uint ReadableByAll = 0b101_101_101;
    private readonly string? _copy;

    private AgentCopy(string path, string? copy)
    {
        Path = path;
        _copy = copy;
    }

    /// <summary>As the target sees it.</summary>
    public string Path { get; }

    /// <param name="agentPath">The file here.</param>
    /// <exception cref="ProfileUnavailableException">There is none, or it cannot be brought there.</exception>
    public static AgentCopy For(TargetProcess target, string agentPath)
    {
        string file = FileFor(target, agentPath);
        if (target.Root.Length == 0)
            return new AgentCopy(System.IO.Path.GetFullPath(file), null);
        try
        {
            byte[] bytes = File.ReadAllBytes(file);
            string name = System.IO.Path.Combine(target.TemporaryFolder, $"libplumb-agent-{Convert.ToHexStringLower(SHA256.HashData(bytes)[..8])}.so");
            string copy = target.Root + name;
            File.WriteAllBytes(copy, bytes);
            _ = LibC.ChangeMode(copy, ReadableByAll);
            return new AgentCopy(name, copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProfileUnavailableException($"the native agent cannot be copied into the container of process {target.Id}: {e.Message}", e);
        }
    }

    public void Dispose()
    {
        try
        {
            if (_copy is not null)
                File.Delete(_copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The container went meanwhile.
        }
    }

    // A library for the one C library cannot be loaded by a process of the other.
    private static string FileFor(TargetProcess target, string agentPath)
    {
        string file = target.UsesMusl ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(agentPath) ?? "", "musl", AgentContract.FileName) : agentPath;
        return File.Exists(file)
            ? file
            : throw new ProfileUnavailableException(target.UsesMusl
                ? $"process {target.Id} runs on musl (Alpine), for which the native agent is not at {file}"
                : $"the native agent {AgentContract.FileName} is not at {file}");
    }
}
