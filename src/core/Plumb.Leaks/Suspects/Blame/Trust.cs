namespace Plumb.Leaks.Suspects.Blame;

/// <summary>How often the function is the right one, by how it was found, and how to say it.</summary>
internal static class Trust
{
    /// <summary>
    /// How often a function that was found so is the right one: estimates, guided by the recorded series and kept below what they showed, because
    /// most ways were seen there fewer than ten times. The evaluation's reliability table says how far they hold.
    /// </summary>
    public static double In(Basis basis) => basis switch
    {
        Basis.OwnStack => 0.97,
        Basis.KnownCall or Basis.Pattern => 0.95,
        Basis.OwnHeap => 0.93,
        Basis.OpensDescriptors => 0.9,
        Basis.Creator or Basis.Dialler or Basis.CallerOfProducer or Basis.ReadsDescriptors => 0.85,
        Basis.ChannelMaker or Basis.CallerOfHelper or Basis.CallerOfWrapper or Basis.OnlyUser => 0.8,
        Basis.SameLibrary => 0.7,
        Basis.ServerStarter => 0.5,
        _ => 0.6,
    };

    public static string Words(Basis basis) => basis switch
    {
        Basis.LibraryAlone => "no function of the application was seen calling it",
        Basis.ServerStarter => "it started the server that these goroutines belong to",
        Basis.OwnStack => "the application's frame nearest to where the goroutines wait",
        Basis.OwnHeap => "the application's frame nearest to the allocation",
        Basis.CallerOfProducer => "it calls a function that only makes what others keep",
        Basis.CallerOfHelper => "of those who call the same helper, only it gains",
        Basis.CallerOfWrapper => "all who are stuck came through it, and what it calls does nothing but wait",
        Basis.ChannelMaker => "it made what they wait for and went away",
        Basis.OnlyUser => "it alone uses what started these goroutines, and is to end it",
        Basis.Dialler => "it dialled the connections and started the goroutines",
        Basis.Creator => "it started the goroutines",
        Basis.KnownCall => "it makes the calls that these goroutines come from",
        Basis.SameLibrary => "it was seen calling the same library",
        Basis.OpensDescriptors => "it was seen opening descriptors of this kind",
        Basis.ReadsDescriptors => "it was seen reading from descriptors of this kind, and hardly any other function was",
        Basis.Pattern => "the pattern knows it",
        _ => "no stack shows it",
    };
}
