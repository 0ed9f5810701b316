using Plumb.Cli.Pprof.Symbols;
using Plumb.Profiles;
using Plumb.Profiles.Filtering;
using Plumb.Profiles.Merging;
using Plumb.Symbols.Remote;

namespace Plumb.Cli.Pprof.Sources;

/// <summary>Fetches the sources of a command line, several at once, and folds them into one profile.</summary>
internal sealed class ProfileSources
{
    private readonly PprofHost _host;
    private readonly PprofArguments _arguments;
    private readonly ProfileSymbols _symbols;
    private readonly Lazy<HttpProfiles> _http;
    private readonly RelatedProfiles _related = new();
    private readonly List<RemoteMapping> _services = [];

    public ProfileSources(PprofHost host, PprofArguments arguments, ProfileSymbols symbols)
    {
        _host = host;
        _arguments = arguments;
        _symbols = symbols;
        _http = new Lazy<HttpProfiles>(() => new HttpProfiles(host, arguments));
    }

    public ProfileSelection Load()
    {
        Profile profile = Fetch([.. _symbols.Sources], "source");
        if (_arguments.Base.Length > 0)
            profile = ProfileComparison.Of(profile, Fetch([_arguments.Base], "base"), _arguments.IsDiffBase, _arguments.Options.Normalize);

        ProfileSelection selection = Finish(profile);
        if (_services.Count > 0)
            SavedProfiles.Save(selection.ToProfile(), _host);

        return selection;
    }

    /// <summary>The profile and what it is to be compared with, each for itself; null when it is to be compared with nothing.</summary>
    public (ProfileSelection Profile, ProfileSelection? Base) LoadApart()
    {
        if (_arguments.Base.Length == 0)
            return (Load(), null);

        Profile profile = Fetch([.. _symbols.Sources], "source"), baseline = Fetch([_arguments.Base], "base");
        return (Finish(profile), Finish(baseline));
    }

    private ProfileSelection Finish(Profile profile)
    {
        profile = _symbols.Symbolize(profile, _services, _services.Count > 0 ? new ServiceSymbols(_http.Value) : null);
        ProfileHeader header = profile.Header;
        if (_arguments.AllFrames)
            header = header with { DropFrames = "", KeepFrames = "" };

        if (_arguments.Comment.Length > 0)
            header = header with { Comments = header.Comments.Add(_arguments.Comment) };

        return FramePruning.DropFrames(ReferenceEquals(header, profile.Header) ? profile : profile.WithHeader(header));
    }

    // Sources are decoded side by side, but folded in their order: the result must not depend on which one came first.
    private Profile Fetch(string[] sources, string kind)
    {
        var sum = new ProfileSum(sources.Length);
        var pending = new Queue<Task<Fetched>>();
        int failed = 0;
        for (int next = 0, done = 0; done < sources.Length; done++)
        {
            while (next < sources.Length && pending.Count < Environment.ProcessorCount)
                pending.Enqueue(Start(sources[next++], isAlone: sources.Length == 1));

            string name = sources[done];
            try
            {
                (Profile profile, Uri? service) = pending.Dequeue().GetAwaiter().GetResult();
                profile = _symbols.Locate(profile);
                if (service is not null)
                    _services.AddRange(RemoteMapping.Of(profile, service));

                sum.Add(profile);
            }
            catch (ProfileListException e) when (sources.Length > 1)
            {
                failed++;
                _host.Error.Write($"{TerminalText.Escape(name)}: {e.Message}");
            }
            catch (Exception e) when (e is ProfileFormatException or SourceException or IOException or UnauthorizedAccessException)
            {
                failed++;
                _host.Error.WriteLine(TerminalText.Escape($"{name}: {e.Message}"));
            }
        }

        if (failed == sources.Length)
            throw new SourceException($"failed to fetch any {kind} profiles");

        if (failed > 0)
            _host.Error.WriteLine($"Fetched {sources.Length - failed} {kind} profiles out of {sources.Length}");

        return sum.Build();
    }

    // A thread to wait for would cost a small profile as much as reading it.
    private Task<Fetched> Start(string source, bool isAlone)
    {
        var task = new Task<Fetched>(() => Read(source));
        if (isAlone)
            task.RunSynchronously(TaskScheduler.Default);
        else
            task.Start(TaskScheduler.Default);

        return task;
    }

    private Fetched Read(string source)
    {
        string path = Path.Combine(_host.Directory, source);
        if (File.Exists(path))
        {
            using FileStream file = File.OpenRead(path);
            return new Fetched(_related.Read(file).WithStandInMapping(), null);
        }

        if (HttpProfiles.UrlOf(source) is not { } url)
            throw new SourceException("no such file");

        return new Fetched(_http.Value.Fetch(url).WithStandInMapping(), HttpProfiles.Address(url));
    }

    /// <param name="Service">The running program that it came from; null for a file.</param>
    private sealed record Fetched(Profile Profile, Uri? Service);
}
