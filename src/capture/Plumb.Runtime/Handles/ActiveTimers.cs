using System.Reflection;
using Plumb.Runtime.Goroutines;
using Plumb.Runtime.Naming;

namespace Plumb.Runtime.Handles;

/// <summary>
/// The timers of this process that are set, by what they call and how often. The runtime keeps them in lists of its own, which have no
/// public name (TimerQueue in dotnet/runtime); where one of the members is not what it was, that is said instead.
/// </summary>
internal static class ActiveTimers
{
    private const string Kind = "timer";
    private const int MaxTimers = 500_000;
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // Calls of the framework that set a timer for somebody else, by what they hand to it.
    private const string CancelAfter = "System.Threading.CancellationTokenSource.CancelAfter";

    public static void AddTo(HandleProfile profile, FrameNamer names)
    {
        Members members;
        List<object> timers;
        bool isCut;
        try
        {
            members = Members.Find();
            (timers, isCut) = members.List(MaxTimers);
        }
        catch (Exception e) when (e is MissingMemberException or TargetInvocationException or InvalidCastException)
        {
            profile.Say($"the timers are not known: {e.Message}");
            return;
        }

        foreach (object timer in timers)
        {
            // Set, fired and stopped by other threads meanwhile: each field is whole, and that is enough to count it.
            string period = TimerPeriod.Of(members.Period.GetValue(timer) is uint milliseconds ? milliseconds : 0);
            profile.Add(Method(members.Callback.GetValue(timer) as Delegate, members.State.GetValue(timer)), names, [period, Kind]);
        }

        profile.Say($"{timers.Count} timers that are set{(isCut ? ", and more: the rest is left out" : "")}");
    }

    private static HandleMethod Method(Delegate? callback, object? state)
    {
        if (callback is null)
            return new HandleMethod("[disposed meanwhile]");
        if (callback.Target is System.Timers.Timer timer && Elapsed(timer) is { } elapsed)
            return Method(elapsed);
        if (state is CancellationTokenSource && callback.Method.Module == typeof(CancellationTokenSource).Module)
            return new HandleMethod(CancelAfter);
        return state is not null && WaitNames.Known(LiveTypes.Names(state.GetType())) is var (call, _) ? new HandleMethod(call) : Method(callback);
    }

    private static HandleMethod Method(Delegate callback)
    {
        MethodInfo method = callback.Method;
        Type? type = method.DeclaringType;
        string name = type is null ? method.Name : $"{LiveTypes.Name(type)}.{method.Name}";
        // A method that was made at run time has no token.
        return type is null || method.Module.Assembly.IsDynamic ? new HandleMethod(name) : new HandleMethod(name, LiveTypes.Module(type), method.MetadataToken);
    }

    private static Delegate? Elapsed(System.Timers.Timer timer) =>
        typeof(System.Timers.Timer).GetField("_onIntervalElapsed", All)?.GetValue(timer) as Delegate;

    /// <summary>What the runtime calls its lists.</summary>
    private sealed record Members(Array Queues, PropertyInfo Lock, FieldInfo[] Lists, FieldInfo Next, FieldInfo Callback, FieldInfo State, FieldInfo Period)
    {
        /// <exception cref="MissingMemberException">It calls them otherwise.</exception>
        public static Members Find()
        {
            Type queue = Inner("System.Threading.TimerQueue");
            Type timer = Inner("System.Threading.TimerQueueTimer");
            return new Members(
                (Array)Property(queue, "Instances").GetValue(null)!,
                Property(queue, "SharedLock"),
                [Field(queue, "_shortTimers"), Field(queue, "_longTimers")],
                Field(timer, "_next"),
                Field(timer, "_timerCallback"),
                Field(timer, "_state"),
                Field(timer, "_period"));
        }

        /// <summary>Under the lock that every change of a timer needs: nothing but the lists is followed in it.</summary>
        public (List<object> Timers, bool IsCut) List(int most)
        {
            var timers = new List<object>((int)Math.Clamp(Timer.ActiveCount, 16, most));
            foreach (object queue in Queues)
            {
                using Lock.Scope turn = ((Lock)Lock.GetValue(queue)!).EnterScope();
                foreach (FieldInfo list in Lists)
                {
                    for (object? timer = list.GetValue(queue); timer is not null; timer = Next.GetValue(timer))
                    {
                        if (timers.Count == most)
                            return (timers, true);
                        timers.Add(timer);
                    }
                }
            }

            return (timers, false);
        }

        private static Type Inner(string name) => typeof(Timer).Assembly.GetType(name) ?? throw new MissingMemberException($"the runtime has no {name}");

        private static FieldInfo Field(Type type, string name) => type.GetField(name, All) ?? throw new MissingMemberException($"the runtime has no {type}.{name}");

        private static PropertyInfo Property(Type type, string name) => type.GetProperty(name, All) ?? throw new MissingMemberException($"the runtime has no {type}.{name}");
    }
}
