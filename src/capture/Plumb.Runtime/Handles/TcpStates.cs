namespace Plumb.Runtime.Handles;

internal static class TcpStates
{
    // include/net/tcp_states.h
    private static readonly string[] s_names =
    [
        "", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING", "SYN_RECV",
    ];

    public static string Name(int state) => state > 0 && state < s_names.Length ? s_names[state] : "";
}
