namespace Plumb.Leaks.Growth;

/// <summary>Linear regression by iteratively reweighted least squares with Huber's weights: far points pull, but weakly.</summary>
internal static class HuberRegression
{
    private const int Rounds = 30;

    // 95 % efficient on normal noise.
    private const double Tuning = 1.345;

    /// <summary>The intercept, then one coefficient a column; null when the columns are collinear.</summary>
    public static double[]? Fit(double[][] columns, ReadOnlySpan<double> y)
    {
        var scaled = Array.ConvertAll(columns, Standardized);
        var weights = new double[y.Length];
        Array.Fill(weights, 1);
        double[]? beta = null;
        for (var round = 0; round < Rounds; round++)
        {
            var next = SolveNormal(scaled, y, weights);
            if (next is null) return null;
            var settled = beta is not null && Distance(beta, next) <= 1e-9 * (1 + Length(next));
            beta = next;
            if (settled || !Reweight(scaled, y, beta, weights)) break;
        }

        return beta is null ? null : Unscaled(columns, beta);
    }

    private static double[] Standardized(double[] column)
    {
        var mean = RobustStatistics.Mean(column);
        var scale = Scale(column, mean);
        return Array.ConvertAll(column, value => (value - mean) / scale);
    }

    private static double Scale(double[] column, double mean)
    {
        var sum = 0.0;
        foreach (var value in column) sum += (value - mean) * (value - mean);
        return sum > 0 ? Math.Sqrt(sum / column.Length) : 1;
    }

    private static double[] Unscaled(double[][] columns, double[] beta)
    {
        var result = (double[])beta.Clone();
        for (var c = 0; c < columns.Length; c++)
        {
            var mean = RobustStatistics.Mean(columns[c]);
            result[c + 1] = beta[c + 1] / Scale(columns[c], mean);
            result[0] -= result[c + 1] * mean;
        }

        return result;
    }

    private static bool Reweight(double[][] columns, ReadOnlySpan<double> y, double[] beta, double[] weights)
    {
        var rest = new double[y.Length];
        for (var i = 0; i < y.Length; i++) rest[i] = y[i] - Predict(columns, beta, i);
        var sigma = RobustStatistics.Sigma(rest);
        if (sigma <= 0) return false;
        for (var i = 0; i < rest.Length; i++)
        {
            var away = Math.Abs(rest[i]) / sigma;
            weights[i] = away <= Tuning ? 1 : Tuning / away;
        }

        return true;
    }

    private static double Predict(double[][] columns, double[] beta, int row)
    {
        var value = beta[0];
        for (var c = 0; c < columns.Length; c++) value += beta[c + 1] * columns[c][row];
        return value;
    }

    private static double[]? SolveNormal(double[][] columns, ReadOnlySpan<double> y, double[] weights)
    {
        var size = columns.Length + 1;
        var matrix = new double[size, size + 1];
        for (var row = 0; row < y.Length; row++)
        {
            for (var i = 0; i < size; i++)
            {
                var left = weights[row] * Cell(columns, i, row);
                for (var j = 0; j < size; j++) matrix[i, j] += left * Cell(columns, j, row);
                matrix[i, size] += left * y[row];
            }
        }

        return Eliminate(matrix, size);
    }

    private static double Cell(double[][] columns, int column, int row) => column == 0 ? 1 : columns[column - 1][row];

    private static double[]? Eliminate(double[,] matrix, int size)
    {
        for (var pivot = 0; pivot < size; pivot++)
        {
            var best = pivot;
            for (var row = pivot + 1; row < size; row++)
            {
                if (Math.Abs(matrix[row, pivot]) > Math.Abs(matrix[best, pivot])) best = row;
            }

            if (Math.Abs(matrix[best, pivot]) < 1e-9) return null;
            SwapRows(matrix, pivot, best, size);
            for (var row = 0; row < size; row++)
            {
                if (row == pivot) continue;
                var factor = matrix[row, pivot] / matrix[pivot, pivot];
                for (var column = pivot; column <= size; column++) matrix[row, column] -= factor * matrix[pivot, column];
            }
        }

        var solution = new double[size];
        for (var i = 0; i < size; i++) solution[i] = matrix[i, size] / matrix[i, i];
        return solution;
    }

    private static void SwapRows(double[,] matrix, int a, int b, int size)
    {
        if (a == b) return;
        for (var column = 0; column <= size; column++) (matrix[a, column], matrix[b, column]) = (matrix[b, column], matrix[a, column]);
    }

    private static double Distance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return Math.Sqrt(sum);
    }

    private static double Length(double[] a)
    {
        var sum = 0.0;
        foreach (var value in a) sum += value * value;
        return Math.Sqrt(sum);
    }
}
