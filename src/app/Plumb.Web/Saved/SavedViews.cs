using System.Collections.Immutable;
using System.Text.Json;
using Plumb.Web.Views;

namespace Plumb.Web.Saved;

/// <summary>
/// The views that a person keeps, in a file of theirs, so that they are there for the next profile as well. The file is read each time: several
/// servers may share it. Safe for concurrent use.
/// </summary>
/// <param name="path">Null to keep them in memory only.</param>
public sealed class SavedViews(string? path)
{
    private const int MaxViews = 200;
    private const int MaxName = 80;
    private const int MaxQuery = 8192;
    private const int MaxFileBytes = 4 << 20;

    private readonly Lock _lock = new();
    private ImmutableArray<SavedView> _views = [];

    /// <summary>By name. A file that cannot be read counts as empty.</summary>
    public ImmutableArray<SavedView> All
    {
        get
        {
            lock (_lock)
                return Load();
        }
    }

    /// <summary>Keeps a view, in the place of one of the same name.</summary>
    /// <exception cref="ArgumentException">The name or the view is not acceptable; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public void Keep(SavedView view)
    {
        if (string.IsNullOrWhiteSpace(view.Name) || view.Name.Length > MaxName || view.Name.Any(char.IsControl))
            throw new ArgumentException($"a view needs a name of at most {MaxName} characters", nameof(view));

        if (view.Query.Length > MaxQuery)
            throw new ArgumentException($"the view takes more than {MaxQuery} characters to describe", nameof(view));

        lock (_lock)
        {
            ImmutableArray<SavedView> others = Load().RemoveAll(kept => kept.Name == view.Name);
            if (others.Length >= MaxViews)
                throw new ArgumentException($"there are {MaxViews} views already: remove one first", nameof(view));

            Store([.. others.Add(view).OrderBy(kept => kept.Name, StringComparer.Ordinal)]);
        }
    }

    /// <summary>Forgets the view of that name, if there is one.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public void Forget(string name)
    {
        lock (_lock)
            Store(Load().RemoveAll(kept => kept.Name == name));
    }

    private ImmutableArray<SavedView> Load()
    {
        if (path is null)
            return _views;

        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > MaxFileBytes)
                return [];

            SavedView?[] views = JsonSerializer.Deserialize(File.ReadAllBytes(path), ViewJsonContext.Default.SavedViewArray) ?? [];
            return [.. views.OfType<SavedView>().Where(view => view is { Name: not null, Query: not null })];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    private void Store(ImmutableArray<SavedView> views)
    {
        _views = views;
        if (path is null)
            return;

        // In one step: another server may be reading it.
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string beside = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes([.. views], ViewJsonContext.Default.SavedViewArray));
        File.Move(beside, path, overwrite: true);
    }
}
