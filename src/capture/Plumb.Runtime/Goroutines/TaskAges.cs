using System.Runtime.InteropServices;

namespace Plumb.Runtime.Goroutines;

/// <summary>
/// When tasks were made, from their numbers: those rise, so that to remember how far they had come now and then dates all of them, and
/// nothing is done for a task. Marks of the past lie further apart. Safe for concurrent use.
/// </summary>
internal sealed class TaskAges(TimeProvider time)
{
    private const int MaxMarks = 4096;

    /// <summary>Of the age: at a mark a second, years of them find room.</summary>
    private const long FinestPart = 256;

    private readonly Lock _turn = new();
    private readonly List<Mark> _marks = [];
    private long _last;

    /// <param name="Number">The highest number so far, with those that were begun anew.</param>
    private readonly record struct Mark(long Number, long Time);

    public int Marks => _marks.Count;

    /// <param name="number">The highest number of a task so far.</param>
    public void Add(int number)
    {
        lock (_turn)
        {
            // After 2³² tasks the runtime begins anew.
            long next = _last + (uint)(number - (int)_last);
            if (_marks.Count > 0 && next == _last)
                return;
            _last = next;
            if (_marks.Count == MaxMarks)
                ThinOut();
            // Marks that come faster than any clock of ours are of no use.
            if (_marks.Count == MaxMarks)
                _marks.RemoveRange(1, MaxMarks / 2);
            _marks.Add(new Mark(next, time.GetTimestamp()));
        }
    }

    /// <summary>At least so old is the task of this number; zero for one that came after the last mark.</summary>
    public TimeSpan Of(int number)
    {
        lock (_turn)
        {
            int back = (int)_last - number;
            if (back < 0)
                return TimeSpan.Zero;
            long wanted = _last - back;
            int index = CollectionsMarshal.AsSpan(_marks).BinarySearch(new ByNumber(wanted));
            index = index < 0 ? ~index : index;
            return index < _marks.Count ? time.GetElapsedTime(_marks[index].Time) : TimeSpan.Zero;
        }
    }

    /// <summary>The older a mark, the further it may be from the next: an age is never too low by more than a small part of itself.</summary>
    private void ThinOut()
    {
        long now = time.GetTimestamp();
        for (long part = FinestPart; part > 0 && _marks.Count > MaxMarks * 3 / 4; part /= 2)
        {
            int kept = 0;
            for (int i = 0; i < _marks.Count; i++)
            {
                if (i == 0 || _marks[i].Time - _marks[kept - 1].Time >= (now - _marks[i].Time) / part)
                    _marks[kept++] = _marks[i];
            }

            _marks.RemoveRange(kept, _marks.Count - kept);
        }
    }

    private readonly struct ByNumber(long wanted) : IComparable<Mark>
    {
        public int CompareTo(Mark mark) => wanted.CompareTo(mark.Number);
    }
}
